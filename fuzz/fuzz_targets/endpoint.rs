//! An endpoint in any state. The first two bytes say its size and its time, the others what happens to it.

#![no_main]

use arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serialtalk::proto::{Action, Endpoint, NoReply, OutgoingCall, ReplyDecoder};
use serialtalk::{CallError, Commands, Timeout, Value};
use serialtalk_fuzz::board::{BoardServer, ExtraServer, Mirror, NAMES, commands};
use serialtalk_fuzz::frames;
use serialtalk_fuzz::reading::read;

fuzz_target!(|input: &[u8]| {
    let mut input = Unstructured::new(input);
    let Ok([size, start]) = input.arbitrary::<[u8; 2]>() else { return };
    // The clock starts again at 0 soon, later or much later.
    let now = u32::MAX.wrapping_mul(start.into()).wrapping_sub(300);
    let _ = match size % 3 {
        0 => Machine::<258>::new(now).run(&mut input),
        1 => Machine::<64>::new(now).run(&mut input),
        _ => Machine::<32>::new(now).run(&mut input),
    };
});

type Services = ((((), BoardServer<Mirror>), ExtraServer<Mirror>), Commands);

/// An endpoint, what it serves, and what is known of it from outside.
struct Machine<const N: usize> {
    endpoint: Endpoint<N, 16>,
    services: Services,
    now: u32,
    call: Option<Current>,
    /// What was sent and is not whole frames yet.
    sent: Vec<u8>,
    /// The names of commands that were served since the last frame was sent.
    served: Option<Vec<u8>>,
}

/// A call in progress.
struct Current {
    call: OutgoingCall<String>,
    begun: u32,
    timeout_ms: Option<u32>,
    /// Whether its command was sent.
    is_sent: bool,
}

impl<const N: usize> Machine<N> {
    fn new(now: u32) -> Self {
        let services = ((((), BoardServer::new(Mirror)), ExtraServer::new(Mirror)), commands());
        Self { endpoint: Endpoint::new(), services, now, call: None, sent: Vec::new(), served: None }
    }

    /// Does what the input says, to its end.
    fn run(&mut self, input: &mut Unstructured<'_>) -> Result<()> {
        while !input.is_empty() {
            match input.arbitrary::<u8>()? % 16 {
                0 | 1 => self.arrive(bytes(input)?),
                2 | 3 => self.arrive(&frames::frame(name(input)?, bytes(input)?)),
                // A reply to the call in progress, if there is one.
                4 | 5 => self.reply(b"ack", bytes(input)?),
                6 => self.reply(b"err", bytes(input)?),
                7 => self.pass(input.arbitrary::<u8>()?.into()),
                8 => self.pass(u32::from(input.arbitrary::<u8>()?) * 256),
                9 => self.begin(name(input)?, input.arbitrary()?),
                10 => self.call = None,
                11 => self.begin_ready(input.arbitrary::<u8>()?.into()),
                // The true answer to whatever was sent last.
                12 => self.answer(),
                13 => self.oneway(name(input)?, bytes(input)?),
                14 => self.set(input.arbitrary()?),
                _ => {
                    let [a, b] = input.arbitrary::<[u8; 2]>()?;
                    // A part of a frame, and the rest later.
                    let frame = frames::frame(NAMES[usize::from(a) % NAMES.len()].as_bytes(), bytes(input)?);
                    self.arrive(&frame[..usize::from(b).min(frame.len())]);
                }
            }
        }
        Ok(())
    }

    fn begin(&mut self, name: &[u8], how: u8) {
        let timeout = match how % 4 {
            0 => None,
            1 => Some(Timeout::Never),
            _ => Some(Timeout::Ms(u32::from(how) * 4)),
        };
        let name = String::from_utf8(name.to_vec()).unwrap_or_default();
        let command =
            serialtalk::proto::Command { name: &name, timeout, idempotent: how & 128 != 0, terms: None };
        let timeout_ms = match timeout.unwrap_or(self.endpoint.timeout()) {
            Timeout::Never => None,
            Timeout::Ms(ms) => Some(ms),
        };
        let call = self.endpoint.begin_call(command, self.now).into_owned();
        self.call = Some(Current { call, begun: self.now, timeout_ms, is_sent: false });
        self.drive();
    }

    fn begin_ready(&mut self, ms: u32) {
        let call = self.endpoint.begin_ready(ms * 8, self.now);
        self.call = Some(Current { call, begun: self.now, timeout_ms: Some(ms * 8), is_sent: false });
        self.drive();
    }

    fn oneway(&mut self, name: &[u8], payload: &[u8]) {
        let Ok(name) = str::from_utf8(name) else { return };
        let _ = self.endpoint.write_oneway(name, |out| {
            out.copy(payload);
            Ok(())
        });
        self.drive();
    }

    fn set(&mut self, what: u8) {
        match what % 8 {
            0 => {
                self.endpoint.forget_connection();
                // What was being sent is cut.
                self.sent.clear();
                self.served = None;
                assert!(!self.endpoint.wants_repl());
                assert!(self.endpoint.transmit().is_empty());
                self.call = None;
            }
            1 => self.endpoint.clear(),
            2 => self.endpoint.mark_desynced(),
            3 => self.endpoint.set_without_echo(),
            4 => self.endpoint.set_frame_timeout(u16::from(what) * 256),
            5 => self.endpoint.set_timeout(Timeout::Ms(u32::from(what) * 16)),
            6 => self.endpoint.set_timeout(Timeout::Never),
            _ => {}
        }
        self.drive();
    }

    fn reply(&mut self, suffix: &[u8], payload: &[u8]) {
        let name = self.call.as_ref().map_or("mult", |current| current.call.name());
        let frame = frames::frame(&[name.as_bytes(), suffix].concat(), payload);
        self.arrive(&frame);
    }

    fn answer(&mut self) {
        let last = self.sent.clone();
        if let Some((name, payload)) = frames::split(&last) {
            self.arrive(&frames::frame(&[name, b"ack"].concat(), payload));
        }
    }

    fn pass(&mut self, ms: u32) {
        self.now = self.now.wrapping_add(ms);
        self.drive();
    }

    /// Bytes arrive, as many at a time as there is room for.
    fn arrive(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            bytes = read(&mut self.endpoint, bytes, self.now);
            self.drive();
        }
    }

    /// Does what the endpoint says until it waits.
    fn drive(&mut self) {
        // No more frames than bytes arrive at once; each is served, and its reply sent.
        for _ in 0..3 * N {
            let action = match &mut self.call {
                Some(current) => self.endpoint.poll_call(&mut current.call, self.now),
                None => self.endpoint.poll(self.now),
            };
            match action {
                Action::Transmit => self.transmit(),
                Action::Serve(frame) => {
                    assert!(self.served.is_none(), "one command at a time");
                    let name = self.endpoint.open(frame).map(|incoming| incoming.call.name().to_vec());
                    self.served = name;
                    self.endpoint.serve(frame, &mut self.services);
                    if self.endpoint.transmit().is_empty() {
                        self.served = None;
                    }
                }
                Action::WriteArguments => self.write_arguments(),
                Action::Reply(reply) => {
                    let Some(current) = self.call.take() else { panic!("nobody awaits a reply") };
                    assert!(current.is_sent, "a reply to what was not sent");
                    let decoder = ReplyDecoder::<Value, String>::RESULT;
                    let result = self.endpoint.finish_call::<(), _, _>(&current.call, "line", reply, decoder);
                    if let Err(error) = result {
                        assert!(!matches!(error, CallError::Link { .. } | CallError::Closed { .. }));
                        assert!(!format!("{error:?}").is_empty());
                    }
                }
                Action::Ended(NoReply::TimedOut { waited_ms, .. }) => {
                    let Some(current) = self.call.take() else { panic!("nobody awaits anything") };
                    assert_eq!(Some(waited_ms), current.timeout_ms);
                    assert!(self.now.wrapping_sub(current.begun) >= waited_ms, "in time");
                }
                Action::Ended(other) => panic!("{other:?} on a plain line"),
                Action::Receive { wait_ms } => return self.check_wait(wait_ms),
            }
        }
        panic!("an endless loop");
    }

    /// An endpoint that waits has room, and waits for a call no longer than that lasts.
    fn check_wait(&mut self, wait_ms: Option<u32>) {
        assert!(!self.endpoint.recv_buf().is_empty(), "waits without room");
        assert_ne!(wait_ms, Some(0), "waits for no time");
        if let Some(Current { begun, timeout_ms: Some(timeout_ms), .. }) = self.call {
            let left = timeout_ms.saturating_sub(self.now.wrapping_sub(begun));
            assert!(wait_ms.is_some_and(|ms| ms <= left), "{wait_ms:?}, though {left} ms are left");
        }
    }

    fn write_arguments(&mut self) {
        let Some(current) = &mut self.call else { panic!("nobody calls") };
        current.is_sent = true;
        let result = self.endpoint.write_arguments(&mut current.call, |out| out.values(&(1u8, "a")));
        if result.is_err() {
            assert!(self.endpoint.transmit().is_empty(), "half a call is sent");
            self.call = None;
        }
    }

    /// Whole frames are sent: a reply to what was served, or a call.
    fn transmit(&mut self) {
        let unsent = self.endpoint.transmit();
        assert!(!unsent.is_empty());
        // A part at a time.
        let count = unsent.len().div_ceil(2);
        if self.sent.is_empty() || frames::split(&self.sent).is_some() {
            self.sent.clear();
        }
        self.sent.extend_from_slice(&unsent[..count]);
        self.endpoint.consume(count);
        if !self.endpoint.transmit().is_empty() {
            return;
        }
        assert!(self.sent.len() <= N, "a frame of {} bytes", self.sent.len());
        let frames = frames::whole(&self.sent);
        let [(name, _)] = frames[..] else { panic!("one frame at a time: {:?}", self.sent) };
        if let Some(served) = self.served.take() {
            let command = name.strip_suffix(b"ack").or_else(|| name.strip_suffix(b"err"));
            assert!(command.is_some_and(|command| served.starts_with(command)), "{name:?} for {served:?}");
        }
    }
}

/// The name of a command that the board has, or of none.
fn name<'a>(input: &mut Unstructured<'a>) -> Result<&'a [u8]> {
    match input.arbitrary::<u8>()? {
        255 => bytes(input),
        number => Ok(NAMES[usize::from(number) % NAMES.len()].as_bytes()),
    }
}

/// A length and as many bytes.
fn bytes<'a>(input: &mut Unstructured<'a>) -> Result<&'a [u8]> {
    let len = usize::from(input.arbitrary::<u8>()?).min(input.len());
    input.bytes(len)
}
