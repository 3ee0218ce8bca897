//! Whose turn it is, with a made-up clock and a made-up peer.

mod chosen;
mod random;

use alloc::sync::Arc;
use core::time::Duration;
use std::sync::mpsc::{Receiver, channel};

use serialtalk::proto::{Endpoint, Frame, FrameDecoder, FrameWriter, Head};
use serialtalk::{Awaited, CallError, Context, Describe, Interface, Timeout};

use super::request::{Operation, Outcome, Request, Ticket};
use super::{Step, Turns};

type Error = CallError<()>;

/// A shared endpoint, its peer, and the time.
struct Line {
    turns: Turns<()>,
    endpoint: Endpoint<258, 16>,
    now: u32,
    sent: FrameDecoder<258>,
    /// The names of the interfaces that are expected.
    expected: Vec<&'static str>,
}

/// A request that was made.
struct Asked {
    result: Receiver<Outcome<()>>,
    ticket: Arc<Ticket>,
}

/// A request that can be made.
#[derive(Debug, Clone, Copy)]
struct Asking {
    name: &'static str,
    operation: Operation,
    id: u8,
    timeout: Timeout,
    is_urgent: bool,
}

const fn call(name: &'static str) -> Asking {
    Asking {
        name,
        operation: Operation::Call { is_idempotent: false, terms: None },
        id: 0,
        timeout: Timeout::Ms(1000),
        is_urgent: false,
    }
}

const fn oneway(name: &'static str) -> Asking {
    Asking { operation: Operation::Send, ..call(name) }
}

const fn urgent(asking: Asking) -> Asking {
    Asking { is_urgent: true, ..asking }
}

const fn within(ms: u32, asking: Asking) -> Asking {
    Asking { timeout: Timeout::Ms(ms), ..asking }
}

impl Asked {
    fn is_done(&self) -> bool {
        self.result.try_recv().is_ok()
    }

    fn value(&self) -> u8 {
        let reply = self.result.try_recv().expect("a result").expect("a reply");
        *reply.payload().last().unwrap()
    }

    fn error(&self) -> Error {
        self.result.try_recv().expect("a result").unwrap_err()
    }
}

impl Line {
    fn new() -> Self {
        Self {
            turns: Turns::new("line"),
            endpoint: Endpoint::new(),
            now: 0,
            sent: FrameDecoder::new(),
            expected: Vec::new(),
        }
    }

    fn ask(&mut self, asking: Asking) -> Asked {
        let Asking { name, operation, id, timeout, is_urgent } = asking;
        let (sender, result) = channel();
        let ticket = Arc::new(Ticket::default());
        self.turns.add(Request {
            operation,
            name: name.into(),
            payload: vec![1, b'B', id],
            asked: self.now,
            timeout,
            is_urgent,
            ticket: Arc::clone(&ticket),
            result: Box::new(move |outcome| drop(sender.send(outcome))),
        });
        Asked { result, ticket }
    }

    /// Does all that can be done now. Returns what is sent, by name and payload, and how long to wait.
    fn run(&mut self) -> (Vec<(String, Vec<u8>)>, Option<u32>) {
        let mut frames = Vec::new();
        loop {
            match self.turns.poll(&mut self.endpoint, self.now) {
                Step::Transmit => {
                    let bytes = self.endpoint.transmit();
                    self.sent.recv_buf()[..bytes.len()].copy_from_slice(bytes);
                    self.sent.commit(bytes.len());
                    self.endpoint.consume(bytes.len());
                    let frame = self.sent.next(false, |_| {}).expect("a whole frame");
                    let Frame { name, payload } = self.sent.frame(frame).unwrap();
                    frames.push((String::from_utf8(name.to_vec()).unwrap(), payload.to_vec()));
                    assert_eq!(self.sent.next(false, |_| {}), None);
                }
                Step::Serve(frame) => self.endpoint.serve(frame, &mut ()),
                Step::Expect(interface) => self.expected.push(interface.name),
                Step::Receive(wait_ms) => return (frames, wait_ms),
            }
        }
    }

    /// The names of what is sent now.
    fn sends(&mut self) -> Vec<String> {
        self.run().0.into_iter().map(|(name, _)| name).collect()
    }

    fn receive(&mut self, name: &str, payload: &[u8]) {
        let mut buffer = [0; 258];
        let mut writer = FrameWriter::new(&mut buffer, Head::command(name.as_bytes()));
        writer.put(payload);
        let size = writer.finish().unwrap();
        self.endpoint.recv_buf()[..size].copy_from_slice(&buffer[..size]);
        self.endpoint.commit(size, self.now);
    }

    fn answer(&mut self, command: &str, value: u8) {
        self.receive(&format!("{command}ack"), &[1, b'B', value]);
    }
}
