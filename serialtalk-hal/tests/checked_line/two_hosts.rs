//! Two ends with random numbers on one line: both call, both say hello at one moment; and one host that takes the place of another.

use core::ops::Range;
use core::time::Duration;
use std::sync::{Arc, Mutex};

use embedded_io_async::{Read, Write};
use serialtalk::{AsyncCaller, CallError, Caller, Checked, Commands, Ran, SerialTalk, asynch};
use serialtalk_hal::LinkError;
use serialtalk_hal::fault::Faults;
use serialtalk_hal::simulation::{Line, LineEnd, Simulation, VirtualClock};

const LINE: Line = Line::baud(115_200);

/// What an end was called with. Clones of it are the same end.
#[derive(Debug, Clone, Default)]
struct Called(Arc<Mutex<Vec<u32>>>);

impl Called {
    /// Serves `next`.
    fn commands(&self) -> Commands {
        let called = self.clone();
        let mut commands = Commands::new();
        let next = move |number: u32| {
            called.0.lock().unwrap().push(number);
            number + 1
        };
        commands.add("next", next).unwrap();
        commands
    }
}

/// How calls ended, by their arguments.
type Ended = Vec<(u32, Result<u32, CallError<LinkError>>)>;

/// Checks that nothing ran twice, values are right, and errors are right about what ran. Returns how many values there are.
fn check(ended: &Ended, called: &Called) -> usize {
    let called = called.0.lock().unwrap();
    for (number, result) in ended {
        let times = called.iter().filter(|called| *called == number).count();
        assert!(times <= 1, "{number} ran {times} times");
        match result.as_ref().map_err(|error| (error.ran(), error)) {
            Ok(value) => assert_eq!((*value, times), (number + 1, 1)),
            Err((Ran::Yes, error)) => assert_eq!(times, 1, "{error:?}"),
            Err((Ran::No, error)) => assert_eq!(times, 0, "{error:?}"),
            Err((Ran::Unknown, _)) => {}
        }
    }
    assert!(called.is_sorted_by(|before, after| before < after), "{called:?}");
    ended.iter().filter(|(_, result)| result.is_ok()).count()
}

type Talk<L> = asynch::SerialTalk<L, VirtualClock, ((), Commands), 258, 0, Checked>;

fn end<L: Read + Write>(simulation: &Simulation, link: L, called: &Called) -> Talk<L> {
    asynch::SerialTalk::new(link, simulation.clock()).serve(called.commands()).checked().require_checked()
}

async fn call_all<L>(talk: &mut Talk<L>, numbers: Range<u32>) -> Ended
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
{
    let mut ended = vec![];
    for number in numbers {
        ended.push((number, talk.call("next", (number,)).await));
    }
    ended
}

/// A number that has nothing in common with those of other seeds (Fibonacci hashing).
fn random(seed: u32) -> u32 {
    seed.wrapping_add(1).wrapping_mul(0x9e37_79b1)
}

/// Two hosts, of which the second starts `later` and has a line with `faults`. Each calls so often and serves the other; returns how
/// many values there were.
fn two_hosts(line: Line, later: Duration, faults: Faults, seed: u32, calls: u32) -> usize {
    let simulation = Simulation::new();
    let clock = simulation.clock();
    let called = [Called::default(), Called::default()];
    let (first, second) = simulation.line(line);
    let mut first = end(&simulation, first, &called[0]).entropy(random(2 * seed));
    let mut second = end(&simulation, faults.on(second), &called[1]).entropy(random(2 * seed + 1));

    let ended = Arc::new(Mutex::new(None));
    let ended_there = Arc::clone(&ended);
    simulation.spawn(async move {
        let ended = call_all(&mut first, 0..calls).await;
        *ended_there.lock().unwrap() = Some(ended);
        first.run().await.unwrap();
    });
    let ended_here = simulation.block_on(async {
        clock.sleep(later).await;
        let ended_here = call_all(&mut second, 0..calls).await;
        while ended.lock().unwrap().is_none() {
            _ = clock.within(Duration::from_millis(10), second.run()).await;
        }
        ended_here
    });
    let ended_there = ended.lock().unwrap().take().expect("it has ended");
    check(&ended_here, &called[0]) + check(&ended_there, &called[1])
}

#[test]
fn both_say_hello_at_one_moment() {
    let byte = Duration::from_micros(87);
    // Within each other's hellos, and among their repetitions.
    let bytes = (0..80).map(|bytes| byte * bytes);
    let apart = bytes.chain((7..330).map(Duration::from_millis));
    for (seed, later) in apart.enumerate() {
        for latency in [0, 1, 20, 80] {
            let line = LINE.latency(Duration::from_millis(latency));
            let values = two_hosts(line, later, Faults::seed(0), seed as u32, 2);
            assert_eq!(values, 4, "{later:?} later, over a line of {latency} ms");
        }
    }
}

#[test]
fn both_call_over_a_bad_line() {
    let mut values = 0;
    for seed in 0..10 {
        let faults =
            Faults::seed(seed).flip_per_bit(4e-3).drop_per_byte(4e-3).repeat_burst_per_byte(1e-3, 64);
        values += two_hosts(LINE, Duration::ZERO, faults, seed as u32, 200);
    }
    assert!((1000..4000).contains(&values), "{values} of 4000 calls succeeded");
}

/// A board that serves for ever, with random numbers or without.
fn serve(simulation: &Simulation, link: LineEnd, is_random: bool) -> Called {
    let called = Called::default();
    let mut board = end(simulation, link, &called);
    if is_random {
        board = board.entropy(4711);
    }
    simulation.spawn(async move { board.run().await.unwrap() });
    called
}

const CALLS: u32 = 3;

#[test]
fn a_host_may_die_after_every_byte() {
    for is_random in [false, true] {
        for bytes in 0.. {
            let simulation = Simulation::new();
            let (board, host) = simulation.line(LINE);
            let called = serve(&simulation, board, is_random);
            let call_all = |numbers: Range<u32>, faults: Faults, entropy| {
                let link = faults.on(simulation.blocking(host.clone()));
                let talk = SerialTalk::new(link, simulation.clock()).checked();
                let mut talk = talk.require_checked().entropy(entropy);
                numbers.map(|number| (number, talk.call("next", (number,)))).collect::<Ended>()
            };
            let ended = call_all(0..CALLS, Faults::seed(0).cut_after(bytes), 1);
            let values = check(&ended, &called);
            assert_eq!(check(&call_all(10..10 + CALLS, Faults::seed(0), 2), &called), CALLS as usize);
            if values == CALLS as usize {
                // Two hellos, and three calls by name with their replies.
                assert!(bytes > 2 * 29 + 3 * (16 + 12), "{bytes}");
                break;
            }
        }
    }
}

#[test]
fn a_host_may_be_dropped_at_any_moment() {
    for is_random in [false, true] {
        for time in (0..).map(|steps| Duration::from_micros(250) * steps) {
            let simulation = Simulation::new();
            let (board, host) = simulation.line(LINE);
            let called = serve(&simulation, board, is_random);
            let mut first = end(&simulation, host.clone(), &Called::default()).entropy(1);
            let ended = simulation.block_on(simulation.clock().within(time, call_all(&mut first, 0..CALLS)));
            drop(first);
            let mut second = end(&simulation, host, &Called::default()).entropy(2);
            let ended_then = simulation.block_on(call_all(&mut second, 10..10 + CALLS));
            assert_eq!(check(&ended_then, &called), CALLS as usize, "after {time:?}");
            if let Some(ended) = ended {
                assert_eq!(check(&ended, &called), CALLS as usize);
                break;
            }
        }
    }
}
