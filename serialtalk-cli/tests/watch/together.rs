//! Several programs on one board, all of them busy.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use crate::board::Board;
use crate::support::Place;
use crate::watching::{Watching, figure};

/// How many programs call in a loop.
const CALLERS: u32 = 3;

/// What one of several programs has seen.
#[derive(Default)]
struct Seen {
    /// The values of `count`, which is another one for each call.
    counts: BTreeSet<u32>,
    /// How many calls had a value.
    values: u32,
}

impl Seen {
    fn add_count(&mut self, count: u32) {
        assert!(self.counts.insert(count), "{count} is the value of two calls");
    }
}

/// Calls with values of its own until `is_over`. A call may fail for want of a board if `may_fail`.
fn call(place: &Place, number: u32, may_fail: bool, rounds: &AtomicU32, is_over: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    for round in 0.. {
        if is_over.load(Ordering::SeqCst) {
            break;
        }
        let own = (number * 1_000_000 + round).to_string();
        let calls: [&[&str]; 2] = [&["call", "echo", &own], &["call", "count"]];
        for arguments in calls {
            let said = place.run(&[&["-b", "./arm"], arguments].concat());
            match said.code {
                0 => {
                    seen.values += 1;
                    match arguments {
                        ["call", "count"] => seen.add_count(said.stdout.trim().parse().unwrap()),
                        _ => assert_eq!(said.stdout.trim(), own),
                    }
                }
                3 | 4 if may_fail => {}
                _ => panic!("{said:?}"),
            }
        }
        rounds.fetch_add(1, Ordering::SeqCst);
    }
    seen
}

/// Watches three commands while other programs call, and `happens` with the board. Returns what all have seen of `count`.
fn together(
    may_fail: bool,
    happens: impl FnOnce(&mut Board, &Watching, &AtomicU32),
) -> (BTreeSet<u32>, Board) {
    let place = Place::new();
    let mut board = Board::new(&place, "arm");
    let commands = ["echo 'a'", "count", "echo 1,2.5", "--hz", "50", "--json"];
    let watching = Watching::new(&place, "./arm", &commands);
    watching.value();
    let (rounds, is_over) = (AtomicU32::new(0), AtomicBool::new(false));
    let mut seen = Seen::default();
    let ended = thread::scope(|scope| {
        let (place, rounds, is_over) = (&place, &rounds, &is_over);
        let caller = |number| scope.spawn(move || call(place, number, may_fail, rounds, is_over));
        let callers: Vec<_> = (1..=CALLERS).map(caller).collect();
        happens(&mut board, &watching, rounds);
        is_over.store(true, Ordering::SeqCst);
        for caller in callers {
            let of_caller = caller.join().unwrap();
            assert!(of_caller.values > 0);
            of_caller.counts.into_iter().for_each(|count| seen.add_count(count));
        }
        watching.interrupted()
    });
    for line in &ended.values {
        let sample: serde_json::Value = serde_json::from_str(line).unwrap();
        match sample["command"].as_str().unwrap() {
            "echo 'a'" => assert_eq!(sample["value"], "a"),
            "count" => seen.add_count(sample["value"].as_u64().unwrap() as u32),
            _ => assert_eq!(sample["value"], serde_json::json!([1, 2.5])),
        }
    }
    assert!(figure(&ended.told, "slots") > 0, "{ended:?}");
    (seen.counts, board)
}

fn wait_for_rounds(rounds: &AtomicU32, more: u32) {
    let reached = rounds.load(Ordering::SeqCst) + more;
    while rounds.load(Ordering::SeqCst) < reached {
        thread::yield_now();
    }
}

#[test]
fn busy_programs_get_their_own_values_and_none_is_lost() {
    let (counts, board) = together(false, |_, _, rounds| wait_for_rounds(rounds, 100));
    // Every call that the board has served had its value at one of the programs.
    assert_eq!(counts, (1..=board.will.calls()).collect());
}

#[test]
fn busy_programs_get_no_value_of_others_while_the_board_comes_and_goes() {
    let (counts, board) = together(true, |board, watching, rounds| {
        for _ in 0..3 {
            wait_for_rounds(rounds, 10);
            board.unplug();
            watching.told("no such port");
            board.plug();
            watching.told("is connected");
        }
        wait_for_rounds(rounds, 10);
    });
    assert!(counts.len() > 10 && counts.last() <= Some(&board.will.calls()), "{counts:?}");
}
