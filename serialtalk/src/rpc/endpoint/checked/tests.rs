//! Two ends of a checked link, on a line with faults and a clock of their own.

extern crate alloc;

use alloc::collections::VecDeque;
use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::super::{Action, Endpoint, OutgoingCall, Protocol};
use super::{Checked, Policy};
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;
use crate::codec::payload_writer::PayloadWriter;
use crate::rpc::call::Call;
use crate::rpc::command::{Command, Terms, Timeout};
use crate::rpc::error::{CallError, Ran};
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
    let mut endpoint = Endpoint::new().speaking::<Checked>();
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

#[test]
fn a_call_takes_25_bytes_once_its_number_is_known() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    host.begin(1, Some(TERMS), false, 1000, line.now);
    line.run(&mut host, &mut board, 5000, |_| ());
    assert_eq!(host.results, [(1, Ok(2))]);
    let before = line.sent;
    host.begin(21, Some(TERMS), false, 1000, line.now);
    line.run(&mut host, &mut board, 5000, |_| ());
    assert_eq!((host.results[1].clone(), board.service.called), ((21, Ok(42)), vec![1, 21]));
    assert_eq!(line.sent - before, 11 + 10);
}

/// Random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Whether something happens once in `times`.
    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// Damages bytes: each is flipped in a bit, lost or doubled once in `times`.
    fn damage(&mut self, bytes: &mut Vec<u8>, times: u64) {
        let mut damaged = vec![];
        for byte in bytes.drain(..) {
            match self.below(times * 3) {
                0 => damaged.push(byte ^ 1 << self.below(8)),
                1 => {}
                2 => damaged.extend([byte, byte]),
                _ => damaged.push(byte),
            }
        }
        *bytes = damaged;
    }
}

/// Checks how the calls of one end have ended, with what the other end has served.
fn check(results: &[(u32, Result<u32, CallError<Infallible>>)], called: &[u32], seed: u64) {
    for (number, result) in results {
        let times = called.iter().filter(|called| *called == number).count();
        let is_idempotent = number % 8 == 0;
        assert!(times <= 1 || is_idempotent, "seed {seed}: {number} ran {times} times");
        match result {
            Ok(value) => {
                assert_eq!(*value, number * 2, "seed {seed}");
                assert!(times > 0, "seed {seed}: {number} has a value and never ran");
            }
            Err(error) => match error.ran() {
                Ran::Yes => assert!(times > 0, "seed {seed}: {number}: {error:?}"),
                Ran::No => assert_eq!(times, 0, "seed {seed}: {number}: {error:?}"),
                Ran::Unknown => {}
            },
        }
    }
}

/// What a random run has brought about.
#[derive(Debug, Default)]
struct Sums {
    ok: usize,
    timeouts: usize,
    restarted: usize,
    lost: usize,
    others: usize,
}

impl Sums {
    fn add(&mut self, results: &[(u32, Result<u32, CallError<Infallible>>)]) {
        for (_, result) in results {
            match result {
                Ok(_) => self.ok += 1,
                Err(CallError::Timeout { .. }) => self.timeouts += 1,
                Err(CallError::Restarted { .. }) => self.restarted += 1,
                Err(CallError::ReplyLost { .. }) => self.lost += 1,
                Err(_) => self.others += 1,
            }
        }
    }
}

/// Calls in both directions over a bad line to a board that restarts, and a host that does.
fn random_run(seed: u64, sums: &mut Sums) {
    let mut random = Random(seed);
    let times = [50, 200, 1000, 10_000][random.below(4) as usize];
    let (mut host_end, mut board_end) = (End::new(host()), End::new(board()));
    let mut line = Line::new(random.below(30) as u32);
    let mut number = 0;
    for _ in 0..60 {
        let mut timeout = || 50 + random.below(2000) as u32;
        let timeouts = [timeout(), timeout()];
        number += 1;
        if !random.once_in(4) {
            host_end.begin(
                number,
                (!random.once_in(5)).then_some(TERMS),
                number % 8 == 0,
                timeouts[0],
                line.now,
            );
        }
        number += 1;
        if random.once_in(2) {
            board_end.begin(number, Some(TERMS), number % 8 == 0, timeouts[1], line.now);
        }
        let limit = if random.once_in(6) { random.below(200) as u32 } else { 10_000 };
        line.run(&mut host_end, &mut board_end, limit, |bytes| random.damage(bytes, times));
        if random.once_in(8) {
            board_end.endpoint = board();
            board_end.call = None;
        }
        if random.once_in(12) {
            host_end.endpoint = host();
            host_end.endpoint.set_entropy(random.next() as u32);
            host_end.call = None;
        }
        line.now += [0, 0, 1200, 3000][random.below(4) as usize];
    }
    line.run(&mut host_end, &mut board_end, 10_000, |_| ());
    assert!(host_end.call.is_none() && board_end.call.is_none(), "seed {seed}: a call has not ended");
    check(&host_end.results, &board_end.service.called, seed);
    check(&board_end.results, &host_end.service.called, seed);
    sums.add(&host_end.results);
    sums.add(&board_end.results);
}

#[test]
fn no_command_runs_twice_and_no_value_is_wrong_whatever_happens() {
    let mut sums = Sums::default();
    for seed in 0..400 {
        random_run(seed, &mut sums);
    }
    assert_eq!(sums.others, 0, "{sums:?}");
    assert!(sums.ok > 10_000 && sums.timeouts > 100 && sums.restarted > 100, "{sums:?}");
}

#[test]
fn a_line_that_sends_everything_back_carries_plain_calls_in_the_end() {
    let mut endpoint = Endpoint::new().speaking::<Checked>();
    endpoint.set_entropy(1);
    let mut end = End::new(endpoint);
    end.begin(1, Some(TERMS), false, 1500, 0);
    let mut now = 0;
    while end.call.is_some() {
        let mut out = vec![];
        let wait = end.run(&mut out, now).unwrap_or(1);
        let is_quiet = out.is_empty();
        end.receive(&mut out.into(), now);
        now += if is_quiet { wait.max(1) } else { 1 };
    }
    assert_eq!(end.results, [(1, Ok(2))], "this end serves its own call");
}
