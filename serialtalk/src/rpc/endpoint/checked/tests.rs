//! Two ends of a checked link, on a line with faults and a clock of their own.

mod bad_line;
mod every_byte;
mod limits;
mod oneway;
mod plainly;
mod random;
mod sessions;
mod specification;

extern crate alloc;

use alloc::collections::VecDeque;
use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::super::{Action, Endpoint, OutgoingCall, Plain, Protocol};
use super::{Checked, Policy};
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;
use crate::codec::payload_writer::PayloadWriter;
use crate::rpc::call::Call;
use crate::rpc::command::{Command, Terms, Timeout};
use crate::rpc::error::CallError;
use crate::rpc::names::Names;
use crate::rpc::reply::Reply;
use crate::rpc::reply_decoder::ReplyDecoder;
use crate::rpc::service::{CommandTable, Service};

/// The arguments and the value of `twice`.
static U32: Expected = Expected { template: Some("I"), data_len: Some(4), argument_names: &["number"] };

const TERMS: Terms = Terms { hash: 0x1234_5678, packs_arguments: true, packs_value: true };

/// Serves `twice(number: u32) -> u32`, and keeps what it was called with.
#[derive(Debug, Default)]
struct Twice {
    called: Vec<u32>,
}

impl CommandTable for Twice {
    const NAMES: Names = Names::None;
    const SPAN: usize = 1;
    const HAS_SIGNATURES: bool = true;

    fn count(&self) -> usize {
        1
    }

    fn nth(&self, index: usize) -> Option<&str> {
        (index == 0).then_some("twice")
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        (name == b"twice").then_some(0)
    }

    fn find_hash(&self, hash: u32) -> Option<usize> {
        (hash == TERMS.hash).then_some(0)
    }

    fn arguments_of(&self, number: usize) -> Option<&'static Expected> {
        (number == 0).then_some(&U32)
    }
}

impl Service for Twice {
    fn serve(&mut self, _number: usize, call: &mut Call<'_>, reply: &mut Reply<'_>) -> Result<(), Invalid> {
        let arguments = call.arguments(&U32);
        let number: u32 = arguments.argument()?;
        arguments.finish()?;
        self.called.push(number);
        reply.value(number.wrapping_mul(2), &U32);
        Ok(())
    }
}

/// One end: its endpoint, what it serves, and the call that it makes.
struct End<P = Checked> {
    endpoint: Endpoint<258, 64, P>,
    service: Twice,
    call: Option<(OutgoingCall<&'static str>, u32)>,
    /// How its calls ended, by argument.
    results: Vec<(u32, Result<u32, CallError<Infallible>>)>,
}

impl<P: Protocol> End<P> {
    fn new(endpoint: Endpoint<258, 64, P>) -> Self {
        Self { endpoint, service: Twice::default(), call: None, results: vec![] }
    }

    fn begin(&mut self, number: u32, terms: Option<Terms>, idempotent: bool, timeout: u32, now: u32) {
        let command =
            Command { terms, idempotent, timeout: Some(Timeout::Ms(timeout)), ..Command::new("twice") };
        self.call = Some((self.endpoint.begin_call(command, now), number));
    }

    /// Sends `twice` without awaiting its reply.
    fn send(&mut self, number: u32, now: u32) {
        self.endpoint.greet_before_oneway(now);
        assert!(self.endpoint.transmit().is_empty());
        self.endpoint.write_oneway("twice", |payload| payload.values(&(number,))).unwrap();
    }

    /// Does what is due, sends into `out`, and returns when there is more to do at the latest.
    fn run(&mut self, out: &mut Vec<u8>, now: u32) -> Option<u32> {
        for _ in 0..1000 {
            let action = match &mut self.call {
                Some((call, _)) => self.endpoint.poll_call(call, now),
                None => self.endpoint.poll(now),
            };
            match action {
                Action::Transmit => {
                    out.extend_from_slice(self.endpoint.transmit());
                    self.endpoint.consume(usize::MAX);
                }
                Action::Serve(frame) => self.endpoint.serve(frame, &mut self.service),
                Action::WriteArguments => {
                    let (call, number) = self.call.as_mut().unwrap();
                    let write = |payload: &mut PayloadWriter<'_, '_>| payload.values(&(*number,));
                    self.endpoint.write_arguments(call, write).unwrap();
                }
                Action::Reply(reply) => {
                    let (call, number) = self.call.take().unwrap();
                    let decoder = ReplyDecoder::<u32, Infallible> { expected: U32, ..ReplyDecoder::VALUE };
                    self.results.push((number, self.endpoint.finish_call(&call, "", reply, decoder)));
                }
                Action::Ended(why) => {
                    let (call, number) = self.call.take().unwrap();
                    let context = self.endpoint.context("twice", "");
                    self.results.push((number, Err(why.of_call(call.awaited(), context))));
                }
                Action::Receive { wait_ms } => return wait_ms,
            }
        }
        panic!("an endpoint has no end of things to do: {:?}", self.endpoint);
    }

    fn receive(&mut self, bytes: &mut VecDeque<u8>, now: u32) {
        let buffer = self.endpoint.recv_buf();
        let count = buffer.len().min(bytes.len());
        for (place, byte) in buffer.iter_mut().zip(bytes.drain(..count)) {
            *place = byte;
        }
        if count > 0 {
            self.endpoint.commit(count, now);
        }
    }
}

fn host() -> Endpoint<258, 64, Checked> {
    let mut endpoint = board();
    endpoint.set_entropy(0x5eed_1234);
    endpoint
}

fn board() -> Endpoint<258, 64, Checked> {
    let mut endpoint = Endpoint::<258, 64, Checked>::new();
    endpoint.set_policy(Policy::Require);
    endpoint
}

/// A line between two ends, with a clock in milliseconds.
struct Line {
    now: u32,
    /// What is on its way to the host and to the board, and when it arrives.
    to: [VecDeque<(u32, Vec<u8>)>; 2],
    delay: u32,
    /// Every byte that has been sent in either direction.
    sent: usize,
}

impl Line {
    fn new(delay: u32) -> Self {
        Self { now: 1000, to: [VecDeque::new(), VecDeque::new()], delay, sent: 0 }
    }

    /// Runs both ends until neither calls, over a good line.
    fn run_with<A: Protocol, B: Protocol>(&mut self, host: &mut End<A>, board: &mut End<B>, limit: u32) {
        self.run(host, board, limit, |_| ());
    }

    /// Runs both ends until neither calls, or for `limit` milliseconds; `damage` may change what is sent.
    fn run<A: Protocol, B: Protocol>(
        &mut self,
        host: &mut End<A>,
        board: &mut End<B>,
        limit: u32,
        mut damage: impl FnMut(&mut Vec<u8>),
    ) {
        let end = self.now + limit;
        loop {
            let mut next = end;
            let mut arrived: [VecDeque<u8>; 2] = [VecDeque::new(), VecDeque::new()];
            for (to, arrived) in self.to.iter_mut().zip(&mut arrived) {
                while to.front().is_some_and(|(at, _)| *at <= self.now) {
                    arrived.extend(to.pop_front().unwrap().1);
                }
            }
            let [to_host, to_board] = &mut arrived;
            for to in 0..2 {
                let mut out = vec![];
                loop {
                    let wait = match to {
                        0 => {
                            board.receive(to_board, self.now);
                            board.run(&mut out, self.now)
                        }
                        _ => {
                            host.receive(to_host, self.now);
                            host.run(&mut out, self.now)
                        }
                    };
                    next = next.min(wait.map_or(end, |wait| self.now.saturating_add(wait)));
                    if (if to == 0 { &*to_board } else { &*to_host }).is_empty() {
                        break;
                    }
                }
                self.sent += out.len();
                damage(&mut out);
                if !out.is_empty() {
                    self.to[to].push_back((self.now + self.delay, out));
                }
            }
            if self.now >= end || (host.call.is_none() && board.call.is_none()) {
                return;
            }
            let arrival = self.to.iter().filter_map(|to| to.front()).map(|(at, _)| *at).min();
            next = next.min(arrival.unwrap_or(end));
            self.now = next.max(self.now + 1);
        }
    }
}

/// A host that speaks either protocol.
fn offering() -> End {
    let mut end = End::new(host());
    end.endpoint.set_policy(Policy::Offer);
    end
}

fn plain() -> End<Plain> {
    End::new(Endpoint::new())
}

/// Calls `twice` once, and returns how that ended.
fn call<P: Protocol>(
    line: &mut Line,
    host: &mut End,
    board: &mut End<P>,
    number: u32,
) -> Result<u32, CallError<Infallible>> {
    host.begin(number, Some(TERMS), false, 1500, line.now);
    line.run(host, board, 3000, |_| ());
    host.results.pop().unwrap().1
}

/// Whether bytes are a checked frame that replies to a call.
fn is_reply(bytes: &[u8]) -> bool {
    let [_, control, ..] = bytes.strip_prefix(&[0]).unwrap_or(bytes) else { return false };
    bytes.first() != Some(&b'<') && control >> 4 == 8
}

fn is_restarted<T>(result: &Result<T, CallError<Infallible>>) -> bool {
    matches!(result, Err(CallError::Restarted { .. }))
}
