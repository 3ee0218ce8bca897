//! Calls while gateways, routers, lines and clients are killed at random: none runs twice, none runs that is said not to have run, and
//! none runs long after its caller has given up.
//!
//! `SERIALTALK_FLEET_CALLS` is how many calls are made; 2,000 without it.
#![cfg(unix)]

#[path = "faults/plant.rs"]
mod plant;
#[path = "faults/record.rs"]
mod record;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::{Caller, Ran};
use serialtalk_zenoh::{board, ran};

use plant::Plant;
use record::{CounterClient, Record, TIMEOUT};

/// How many callers there are at a time.
const CALLERS: usize = 8;

/// How long a caller waits for the board after a call that failed, in milliseconds.
const READY_MS: u32 = 2000;

/// How much later than its deadline a call may end, and a command may run.
const LATE: Duration = Duration::from_millis(2500);

#[test]
fn no_call_runs_twice_or_late_whatever_is_killed() {
    let count =
        std::env::var("SERIALTALK_FLEET_CALLS").map_or(2_000, |count| count.parse().expect("a number"));
    let record = Record::new(count);
    let plant = Plant::new(record.clone());
    let next = AtomicUsize::new(0);
    let (mut done, mut not_done, mut unknown) = (0, 0, 0);
    thread::scope(|scope| {
        let callers: Vec<_> =
            (0..CALLERS).map(|_| scope.spawn(|| call_until(count, &next, &plant, &record))).collect();
        let mut random = fastrand::Rng::with_seed(1);
        let mut at = 0;
        while at < count {
            at += 20 + random.usize(0..400);
            while next.load(Ordering::Relaxed) < at.min(count) {
                thread::yield_now();
            }
            plant.break_something(random.u32(..));
        }
        for caller in callers {
            let outcomes = caller.join().expect("a caller ends");
            done += outcomes[0];
            not_done += outcomes[1];
            unknown += outcomes[2];
        }
    });
    plant.settle();
    println!("{done} done, {not_done} not done, {unknown} not known");
    assert_eq!(done + not_done + unknown, count);
    assert!(done > count / 4, "most of the time everything runs: {done} of {count} are done");
    record.check();
}

/// Makes calls until so many are made; returns how many are done, not done, and not known.
fn call_until(count: usize, next: &AtomicUsize, plant: &Plant, record: &Record) -> [usize; 3] {
    let mut outcomes = [0; 3];
    let mut client = None;
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= count {
            return outcomes;
        }
        let (robot, generation) = client.get_or_insert_with(|| {
            let (session, generation) = plant.session();
            (CounterClient::over(board(&session, "robots/*/counter").unwrap()), generation)
        });
        record.begin(number);
        let began = Instant::now();
        let result = robot.count(number as u32);
        let took = began.elapsed();
        assert!(took < TIMEOUT + LATE, "call {number} ended after {took:?}: {result:?}");
        let outcome = match &result {
            Ok(echoed) => {
                assert_eq!(*echoed as usize, number, "the reply to another call");
                Ran::Yes
            }
            Err(error) => ran(error),
        };
        record.end(number, outcome);
        outcomes[outcome as usize] += 1;
        if result.is_err() {
            // A board that is down refuses calls at once: they would be used up.
            drop(robot.caller_mut().ready(READY_MS));
        }
        if !plant.is_current(*generation) {
            client = None;
        }
    }
}
