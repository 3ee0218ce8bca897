//! An end of a checked link that somebody greets, answers and talks to, as the input says: by good and damaged hellos and answers,
//! frames of either kind, and times. Every call ends in its time, and no command runs without an intact frame.

#![no_main]

use arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serialtalk::proto::Policy;
use serialtalk_fuzz::end::{Called, End};
use serialtalk_fuzz::{checked, frames};

fuzz_target!(|input: &[u8]| {
    let mut input = Unstructured::new(input);
    let Ok([size, how]) = input.arbitrary::<[u8; 2]>() else { return };
    // The end of the input ends it.
    let _ = match size % 3 {
        0 => Peer::<258>::new(how).run(&mut input),
        1 => Peer::<64>::new(how).run(&mut input),
        _ => Peer::<32>::new(how).run(&mut input),
    };
});

/// An end, and what the other one knows of it.
struct Peer<const N: usize> {
    end: End<N>,
    now: u32,
    out: Vec<u8>,
    number: u32,
    /// The token and the nonce of the last hello that it said.
    said: (u32, u32),
    /// The last session that was opened with it: its token, and the seed of what it receives.
    session: (u32, u32),
}

impl<const N: usize> Peer<N> {
    fn new(how: u8) -> Self {
        let policy = [Policy::Offer, Policy::Require, Policy::Decline][usize::from(how % 3)];
        let entropy = (how & 128 != 0).then_some(u32::from(how) * 0x0101_0101);
        // The clock starts again at 0 soon.
        let now = u32::MAX - 600;
        let end = End::new(policy, entropy, &Called::default());
        Self { end, now, out: Vec::new(), number: 0, said: (0, 0), session: (0, 0) }
    }

    fn run(&mut self, input: &mut Unstructured<'_>) -> Result<()> {
        while !input.is_empty() {
            let [what, how] = input.arbitrary::<[u8; 2]>()?;
            match what % 16 {
                0 => self.arrive(&bytes(input)?),
                1 | 2 => self.hello(how, input)?,
                3 | 4 => self.answer(how, input)?,
                5 => self.arrive(&frames::frame(b"twice", &bytes(input)?)),
                6 => self.arrive(&frames::frame(b"twiceack", &bytes(input)?)),
                7 => self.arrive(&frames::frame(b"checked?err", b"Command not found: checked?")),
                8 => self.arrive(&frames::frame(b"checked?ack", &bytes(input)?)),
                9 | 10 => self.arrive(&checked::frame(&bytes(input)?, self.session.1)),
                11 => self.pass(how.into()),
                12 => self.pass(u32::from(how) * 32),
                13 => {
                    self.number += 1;
                    let timeout_ms = 50 + u32::from(how) * 8;
                    self.end.begin(self.number, how % 2 == 0, how % 4 == 0, timeout_ms, self.now);
                    self.pass(0);
                }
                14 => self.end.note(self.number, &mut self.out, self.now),
                _ => self.set(how),
            }
        }
        Ok(())
    }

    fn hello(&mut self, how: u8, input: &mut Unstructured<'_>) -> Result<()> {
        let token = if how & 1 == 0 { 0 } else { self.session.0 };
        let nonce = if how & 2 == 0 { self.said.1 } else { input.arbitrary::<u32>()? & 0xff_ffff };
        let limit = 32 + u32::from(how);
        let hello = checked::hello(token, nonce, limit);
        self.damaged(hello, how, input)?;
        self.pass(u32::from(how & 31));
        if let Some(theirs) = checked::opened(&self.out, token, nonce) {
            self.session = (checked::seeds(theirs, nonce).0, checked::seeds(theirs, nonce).2);
        }
        Ok(())
    }

    fn answer(&mut self, how: u8, input: &mut Unstructured<'_>) -> Result<()> {
        let state = [b'N', b'S', b'N', how][usize::from(how % 4)];
        let nonce = input.arbitrary::<u32>()? & 0xff_ffff;
        let answer = checked::answer(self.said, state, nonce, u32::from(how >> 4), 32 + u32::from(how));
        let seeds = checked::seeds(self.said.1, nonce);
        self.session = (seeds.0, seeds.2);
        self.damaged(answer, how, input)
    }

    /// Something arrives, whole or with one byte changed.
    fn damaged(&mut self, mut bytes: Vec<u8>, how: u8, input: &mut Unstructured<'_>) -> Result<()> {
        if how & 0xc0 == 0xc0 {
            let [at, byte] = input.arbitrary::<[u8; 2]>()?;
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        self.arrive(&bytes);
        Ok(())
    }

    fn arrive(&mut self, bytes: &[u8]) {
        self.out.clear();
        self.end.arrive(bytes, &mut self.out, self.now);
        self.check_sent();
    }

    fn pass(&mut self, ms: u32) {
        self.now = self.now.wrapping_add(ms);
        self.end.drive(&mut self.out, self.now);
        self.check_sent();
    }

    fn set(&mut self, how: u8) {
        match how % 5 {
            0 => self.end.endpoint().leave(),
            1 => self.end.endpoint().forget_connection(),
            2 => self.end.endpoint().clear(),
            3 => self.end.endpoint().mark_desynced(),
            _ => {}
        }
        self.end.drop_call();
        self.pass(0);
    }

    /// What is sent ends with a plain frame or with the zero of a checked one.
    fn check_sent(&mut self) {
        if let Some(said) = checked::said(&self.out) {
            self.said = said;
        }
        let (last, out) = (self.out.last(), &self.out);
        assert!(matches!(last, None | Some(b'>' | 0)), "half a frame is sent: {out:02x?}");
    }
}

/// A length and as many bytes.
fn bytes(input: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let len = usize::from(input.arbitrary::<u8>()?).min(input.len());
    Ok(input.bytes(len)?.to_vec())
}
