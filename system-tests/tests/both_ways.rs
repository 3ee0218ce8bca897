//! Both ends of a line call and serve: alternating with Python, and crossing.
#![cfg(unix)]

use core::time::Duration;
use std::time::Instant;

use peers::{Interpreter, Line, Turns};
use serialtalk::{Caller, Timeout};
use serialtalk_hal::{SerialTalk, pty};

#[serialtalk::interface]
trait Ours {
    fn twice(&mut self, number: i32) -> i32;
}

#[serialtalk::interface]
trait Theirs {
    fn count(&mut self, number: i64) -> i64;
    fn mult(&mut self, a: f32, b: f32) -> f32;
}

#[derive(Default)]
struct Doubler {
    served: u32,
}

impl Ours for Doubler {
    fn twice(&mut self, number: i32) -> i32 {
        self.served += 1;
        2 * number
    }
}

type Endpoint<L> = SerialTalk<L, OursServer<Doubler>>;

/// It says no hello, which the other end would count among the commands of its turn.
fn board() -> Endpoint<pty::PtyLink> {
    pty::open().unwrap().plain().serve(OursServer::new(Doubler::default()))
}

#[test]
fn alternating_calls_are_all_answered() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut talk = board();
        let turns = Turns {
            rounds: 500,
            serves: 10,
            calls: 10,
            arguments: "'twice', 'i', n",
            expected: "('twiceack', 2 * n)",
            timeout_ms: 60_000,
            crossed: false,
        };
        let mut python = venv.both(interpreter, Line::path(talk.link().path()), &turns);
        talk.set_timeout(Timeout::Ms(60_000));
        for round in 0..turns.rounds {
            let mut theirs = TheirsClient::new(&mut talk);
            for call in 0..10u16 {
                if call % 2 == 0 {
                    assert_eq!(theirs.count(call.into()).unwrap(), i64::from(call) + 1);
                } else {
                    assert_eq!(theirs.mult(call.into(), 0.5).unwrap(), f32::from(call) * 0.5);
                }
            }
            let served = (round + 1) * 10;
            while talk.service().1.inner().served < served {
                talk.process_within(60_000).unwrap();
            }
        }
        assert_eq!(python.done(), "done 5000 5000 0 0");
    }
}

#[test]
fn crossed_calls_return_the_right_value_or_an_error() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut talk = board();
        let turns = Turns {
            rounds: 300,
            serves: 3,
            calls: 1,
            arguments: "'twice', 'i', n",
            expected: "('twiceack', 2 * n)",
            timeout_ms: 20,
            crossed: true,
        };
        let mut python = venv.both(interpreter, Line::path(talk.link().path()), &turns);
        python.set_timeout(Duration::from_secs(120));
        talk.set_timeout(Timeout::Ms(60));
        let (mut good, mut lost) = (0u32, 0u32);
        let start = Instant::now();
        let mut number = 0i64;
        // Python makes its calls whatever this end does, until it is done.
        let done = loop {
            number += 1;
            match TheirsClient::new(&mut talk).count(number) {
                Ok(value) => {
                    assert_eq!(value, number + 1, "a wrong value");
                    good += 1;
                }
                Err(error) => {
                    assert!(!error.is_link(), "{error}");
                    lost += 1;
                }
            }
            while talk.process_within(1).unwrap() {}
            if python.output().contains("done ") {
                break python.done();
            }
            assert!(start.elapsed() < Duration::from_secs(120), "{}", python.output());
        };
        // The numbers depend on the speed of the machine, so they are only printed.
        eprintln!("{interpreter:?}: {good} good, {lost} lost here; Python: {done}");
    }
}

#[test]
fn two_rust_ends_call_each_other_over_a_pty() {
    let near = board();
    let far = serialtalk_hal::serial::open(near.link().path(), 115_200).unwrap();
    let far = far.serve(OursServer::new(Doubler::default()));
    // Each end serves until the other has made its calls.
    let calls = 10_000;
    let barrier = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| call_and_serve(far, calls, &barrier));
        call_and_serve(near, calls, &barrier);
    });
}

fn call_and_serve<L>(mut talk: Endpoint<L>, calls: i32, barrier: &std::sync::Barrier)
where
    L: serialtalk::Link<Error: core::fmt::Debug>,
{
    talk.set_timeout(Timeout::Ms(60_000));
    for number in 0..calls {
        assert_eq!(OursClient::new(&mut talk).twice(number).unwrap(), 2 * number);
    }
    while talk.service().1.inner().served < calls as u32 {
        talk.process_within(1000).unwrap();
    }
    assert!(!talk.process_within(0).unwrap());
    barrier.wait();
}

#[test]
fn a_callback_during_a_call_is_served() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut talk = board();
        let _server = venv.serve(interpreter, Line::path(talk.link().path()));
        talk.set_timeout(Timeout::Ms(60_000));
        // Python calls back before it replies.
        let value = talk.call_as::<(String, i32)>("call_back", "repr", ("twice", "i", 21)).unwrap();
        assert_eq!(value, ("twiceack".into(), 42));
    }
}
