//! What happens to a conversation in which something fails after a byte, and again after another one.

use super::random::check;
use super::*;

/// What happens to the line or one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// Everything is lost for some time, and nobody is told.
    Silence,
    /// The host is told that its link is lost, and has another one to the same board. The call under way has ended.
    Replug,
    /// The board starts again.
    BoardRestart,
    /// The host starts again. The call under way has ended.
    HostRestart,
}

use Failure::{BoardRestart, HostRestart, Replug, Silence};

/// How long nothing arrives after a [`Silence`], in milliseconds: a hello is lost, too, and some repeats of a call.
const SILENCE: u32 = 400;

/// A host that calls its board, and what has become of its calls.
struct Conversation {
    host: End,
    board: End,
    line: Line,
    /// How often each end was started.
    starts: u32,
}

impl Conversation {
    fn new() -> Self {
        Self { host: End::new(host()), board: End::new(board()), line: Line::new(1), starts: 0 }
    }

    /// Runs both ends until the host has no call to make, or `left` is used up: so many more bytes arrive. Returns whether it is.
    fn run(&mut self, left: &mut usize) -> bool {
        // Time passes in steps as long as there is something to wait for.
        let step = if *left == usize::MAX { 20_000 } else { 1 };
        let mut is_over = false;
        while self.host.call.is_some() && !is_over {
            self.line.run(&mut self.host, &mut self.board, step, |sent| {
                is_over |= sent.len() > *left;
                sent.truncate(*left);
                *left -= if *left == usize::MAX { 0 } else { sent.len() };
            });
        }
        is_over
    }

    fn fail(&mut self, failure: Failure) {
        // What is under way arrives all the same, unless its receiver restarts.
        match failure {
            Silence => self.line.run(&mut self.host, &mut self.board, SILENCE, Vec::clear),
            Replug => {
                self.host.call = None;
                self.host.endpoint.forget_connection();
            }
            BoardRestart => {
                self.board.endpoint = board();
                self.line.to[1].clear();
            }
            HostRestart => {
                self.host.call = None;
                self.starts += 1;
                self.host.endpoint = host();
                self.host.endpoint.set_entropy(self.starts.wrapping_mul(0x9e37_79b1));
                self.line.to[0].clear();
            }
        }
    }
}

/// The calls of a conversation, of which the third one is idempotent.
const NUMBERS: [u32; 6] = [1, 2, 8, 3, 4, 5];

/// Makes some calls, during which each failure comes after so many more bytes. Returns whether all of them came.
fn converse(failures: &[(usize, Failure)]) -> bool {
    let mut talk = Conversation::new();
    let mut waiting = failures.iter().copied();
    let mut next = waiting.next();
    for number in NUMBERS {
        talk.host.begin(number, Some(TERMS), number % 8 == 0, 10_000, talk.line.now);
        while talk.host.call.is_some() {
            let (mut left, failure) = next.unwrap_or((usize::MAX, Silence));
            let is_over = talk.run(&mut left);
            next = next.map(|_| (left, failure));
            if is_over {
                talk.fail(failure);
                next = waiting.next();
            }
        }
    }
    let (results, called) = (&talk.host.results, &talk.board.service.called);
    check(results, called, 0);
    for number in NUMBERS.iter().filter(|number| *number % 8 != 0) {
        let times = called.iter().filter(|called| *called == number).count();
        assert!(times <= 1, "{failures:?}: {number} ran {times} times");
    }
    let count = |kind| failures.iter().filter(|(_, failure)| *failure == kind).count();
    let errors = results.iter().filter(|(_, result)| result.is_err());
    assert!(errors.clone().count() <= count(BoardRestart), "{failures:?}: {results:?}");
    for (number, result) in errors {
        let is_restarted = matches!(result, Err(CallError::Restarted { .. }));
        assert!(is_restarted && number % 8 != 0, "{failures:?}: {number}: {result:?}");
    }
    let dropped = NUMBERS.len() - results.len();
    assert!(dropped <= count(Replug) + count(HostRestart), "{failures:?}");
    next.is_none()
}

/// How far the second failures after one byte are apart, in bytes. Those after the next byte lie between them.
const STEP: usize = 40;

/// Lets `first` happen after every byte, and each failure once more after that.
fn fail_twice(first: Failure) {
    let mut pairs = 0;
    for bytes in 0.. {
        if !converse(&[(bytes, first)]) {
            // Two hellos, the question for the number of the command, and six calls.
            assert!(bytes > 29 + 29 + 20 + 6 * 21, "{bytes}");
            break;
        }
        for second in [Silence, Replug, BoardRestart, HostRestart] {
            let after = (bytes * 7 % STEP..).step_by(STEP);
            pairs += after.take_while(|after| converse(&[(bytes, first), (*after, second)])).count();
        }
    }
    assert!(pairs > 2000, "{pairs}");
}

#[test]
fn silence_costs_no_call() {
    fail_twice(Silence);
}

#[test]
fn a_replug_costs_one_call_at_most() {
    fail_twice(Replug);
}

#[test]
fn a_restart_of_the_board_costs_one_call_at_most() {
    fail_twice(BoardRestart);
}

#[test]
fn a_restart_of_the_host_costs_its_call_alone() {
    fail_twice(HostRestart);
}
