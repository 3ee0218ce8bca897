//! Frames of the checked link that arrive in a session, with a CRC that is mended, or damaged as the input says. Each is served at
//! most once, and answered by frames that are whole.

#![no_main]

use arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serialtalk::proto::{Action, Endpoint};
use serialtalk::{Checked, Commands};
use serialtalk_fuzz::board::{BoardServer, ExtraServer, Mirror, commands};
use serialtalk_fuzz::checked;
use serialtalk_fuzz::reading::read;

/// The nonce of the hello that opens the session.
const NONCE: u32 = 0xc0_ffee;

fuzz_target!(|input: &[u8]| {
    let mut input = Unstructured::new(input);
    let Ok([size, limit]) = input.arbitrary::<[u8; 2]>() else { return };
    let limit = 32 + u32::from(limit);
    let _ = match size % 3 {
        0 => Board::<258>::new(limit).run(&mut input),
        1 => Board::<64>::new(limit).run(&mut input),
        _ => Board::<32>::new(limit).run(&mut input),
    };
});

type Services = ((((), BoardServer<Mirror>), ExtraServer<Mirror>), Commands);

/// A board in a session.
struct Board<const N: usize> {
    endpoint: Endpoint<N, 16, Checked>,
    services: Services,
    now: u32,
    limit: usize,
    /// The seeds of what it sends and receives.
    seeds: (u32, u32),
    /// The number of the last call that it has served.
    last: u8,
    /// How many commands it has served.
    served: usize,
    sent: Vec<u8>,
}

impl<const N: usize> Board<N> {
    fn new(limit: u32) -> Self {
        let services = ((((), BoardServer::new(Mirror)), ExtraServer::new(Mirror)), commands());
        let endpoint = Endpoint::new();
        let limit_bytes = limit as usize;
        let mut board = Self {
            endpoint,
            services,
            now: 77,
            limit: limit_bytes,
            seeds: (0, 0),
            last: 0,
            served: 0,
            sent: vec![],
        };
        board.arrive(&checked::hello(0, NONCE, limit));
        let theirs = checked::opened(&board.sent, 0, NONCE).expect("a hello opens a session");
        let (_, sent, received) = checked::seeds(NONCE, theirs);
        board.seeds = (received, sent);
        board.sent.clear();
        // Plain frames are served before.
        board.arrive(&[0]);
        board
    }

    fn run(&mut self, input: &mut Unstructured<'_>) -> Result<()> {
        while !input.is_empty() {
            let how = input.arbitrary::<u8>()?;
            let len = usize::from(input.arbitrary::<u8>()?).min(input.len());
            let bytes = input.bytes(len)?.to_vec();
            match how % 8 {
                0 => self.arrive(&bytes),
                1 => {
                    self.now += len as u32;
                    // Without a good frame for a while, plain ones would be served.
                    self.mended(&[0x70]);
                }
                2 => self.damaged(&bytes, how),
                // The next call, the last one again, or one with any number.
                3 => self.call(self.last, &bytes),
                4 => self.mended(&bytes),
                _ => self.call(self.last.wrapping_add(1) & 15, &bytes),
            }
        }
        Ok(())
    }

    /// A call with this number: the first byte says how it names its command.
    fn call(&mut self, number: u8, content: &[u8]) {
        let Some((first, rest)) = content.split_first() else { return };
        let is_next = number == self.last.wrapping_add(1) & 15;
        let before = self.served;
        let kind = first % 3;
        self.mended(&[&[kind << 4 | number], rest].concat());
        let count = self.served - before;
        assert!(count <= usize::from(is_next), "call {number} ran {count} times after {}", self.last);
        if count == 1 {
            self.last = number;
            // It does not run again.
            self.mended(&[&[kind << 4 | number], rest].concat());
            assert_eq!(self.served - before, 1, "call {number} ran again");
        }
    }

    /// Content of any kind with the right CRC, but that by which the host ends the session: plain frames follow that.
    fn mended(&mut self, content: &[u8]) {
        if content.first().is_some_and(|control| control >> 4 == 15) {
            return;
        }
        let before = self.served;
        self.arrive(&checked::frame(content, self.seeds.1));
        if let (Some(control @ 0..0x30), true) = (content.first(), self.served > before) {
            self.last = control & 15;
        }
    }

    /// A frame with one bit flipped, or a byte less, is never served.
    fn damaged(&mut self, content: &[u8], how: u8) {
        let mut frame = checked::frame(content, self.seeds.1);
        let Some(at) = usize::from(how).checked_rem(frame.len()) else { return };
        if how & 0x80 == 0 {
            frame[at] ^= 1 << (how >> 4 & 7);
        } else {
            // Not its zero, which follows anyhow.
            frame.remove(at.min(frame.len() - 2));
        }
        // One damaged frame in 16 million has the right CRC.
        if frame.strip_suffix(&[0]).is_some_and(|segment| checked::content(segment, self.seeds.1).is_some()) {
            return;
        }
        // What came before must not complete it.
        self.arrive(&[0]);
        let before = self.served;
        self.arrive(&frame);
        self.arrive(&[0]);
        assert_eq!(self.served, before, "a damaged frame was served: {frame:02x?}");
    }

    /// Bytes arrive, as many at a time as there is room for.
    fn arrive(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            bytes = read(&mut self.endpoint, bytes, self.now);
            self.drive();
        }
    }

    fn drive(&mut self) {
        for _ in 0..3 * N {
            match self.endpoint.poll(self.now) {
                Action::Transmit => {
                    self.sent.extend_from_slice(self.endpoint.transmit());
                    self.endpoint.consume(usize::MAX);
                }
                Action::Serve(frame) => {
                    self.served += 1;
                    self.endpoint.serve(frame, &mut self.services);
                }
                Action::Receive { wait_ms } => {
                    assert_ne!(wait_ms, Some(0), "waits for no time");
                    return self.check_sent();
                }
                other => panic!("{other:?} of an end that does not call"),
            }
        }
        panic!("an endless loop");
    }

    /// Everything that was sent is whole: plain frames, and checked ones that the host can receive.
    fn check_sent(&mut self) {
        let (sent, seed) = (std::mem::take(&mut self.sent), self.seeds.0);
        if seed == 0 {
            self.sent = sent;
            return;
        }
        for segment in sent.split_inclusive(|byte| *byte == 0) {
            let is_checked = segment
                .strip_suffix(&[0])
                .is_some_and(|segment| segment.is_empty() || checked::content(segment, seed).is_some());
            // A hello is answered plainly.
            assert!(is_checked || segment.starts_with(b"<"), "half a frame is sent: {segment:02x?}");
            assert!(
                !is_checked || segment.len() <= self.limit,
                "{} bytes for a peer that takes {}",
                segment.len(),
                self.limit
            );
        }
    }
}
