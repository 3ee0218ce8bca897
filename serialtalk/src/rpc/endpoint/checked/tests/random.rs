//! Random calls in both directions, over a bad line, between ends that restart.

extern crate std;

use super::bad_line::Random;
use super::*;
use crate::rpc::error::{CallError, Ran};

/// Checks how the calls of one end have ended, with what the other end has served.
pub(super) fn check(results: &[(u32, Result<u32, CallError<Infallible>>)], called: &[u32], seed: u64) {
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
            host_end.endpoint.set_entropy(random.below(1 << 32) as u32);
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

/// How many runs there are: 400, or what `SERIALTALK_RANDOM_RUNS` says.
fn runs() -> u64 {
    std::env::var("SERIALTALK_RANDOM_RUNS").map_or(400, |runs| runs.parse().unwrap())
}

#[test]
fn no_command_runs_twice_and_no_value_is_wrong_whatever_happens() {
    let mut sums = Sums::default();
    for seed in 0..runs() {
        random_run(seed, &mut sums);
    }
    assert_eq!(sums.others, 0, "{sums:?}");
    assert!(sums.ok > 10_000 && sums.timeouts > 100 && sums.restarted > 100, "{sums:?}");
}
