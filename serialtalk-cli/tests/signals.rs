//! Signals at any time: the terminal, files and the board are sane afterwards.

#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::time::Duration;
use std::{fs, thread};

use rustix::process::{Pid, Signal, kill_process};
use support::Place;
use terminal::Terminal;

/// How long after its start a program may get a signal at most, in milliseconds.
const LATEST: u32 = 300;

/// Times from zero on that differ from run to run, in milliseconds.
fn times(count: usize) -> impl Iterator<Item = Duration> {
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().subsec_nanos();
    let bytes = peers::random_from(seed, 4 * count);
    println!("seed {seed}");
    let number = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]) % LATEST;
    let times: Vec<_> = bytes.chunks(4).map(number).collect();
    times.into_iter().map(|ms| Duration::from_millis(ms.into()))
}

fn send(terminal: &Terminal, signal: Signal) {
    let pid = Pid::from_raw(terminal.child.process_id().unwrap().cast_signed()).unwrap();
    kill_process(pid, signal).unwrap();
}

#[test]
fn at_any_time_the_terminal_is_left_as_it_was_and_the_board_can_be_called() {
    let place = Place::new();
    let _demo = place.demo();
    let programs: [&[&str]; 9] = [
        &["shell"],
        &["ui"],
        &["watch", "imu"],
        &["watch", "imu", "--plot"],
        &["watch", "imu", "--record", "run.mcap", "--force"],
        &["bench"],
        &["share"],
        &["sniff"],
        &["list"],
    ];
    for arguments in programs {
        for (signal, after) in [Signal::INT, Signal::TERM, Signal::HUP].into_iter().zip(times(3)) {
            let command = place.command(&[&["-b", "demo"], arguments].concat());
            let mut terminal = Terminal::new(&command, 80, 24);
            // The time is what is tried: nothing is awaited.
            thread::sleep(after);
            println!("{arguments:?} {signal:?} after {after:?}");
            send(&terminal, signal);
            // Whoever types a line takes Ctrl-C as the end of the line.
            if arguments == ["shell"] && signal == Signal::INT {
                send(&terminal, Signal::TERM);
            }
            terminal.end();
            terminal.is_left_as_it_was();
            let text = terminal.screen().contents();
            assert!(!text.contains("panicked"), "{text}");
            assert_eq!(place.run(&["-b", "demo", "call", "mult", "2", "3"]).ok(), "6.0\n");
        }
    }
    // Whatever was recorded is whole, or there is nothing.
    if let Ok(recorded) = fs::read(place.folder().join("run.mcap")) {
        assert!(recorded.is_empty() || recorded.starts_with(b"\x89MCAP0\r\n"));
    }
}

#[test]
fn a_call_that_waits_is_left_at_once() {
    let place = Place::new();
    let _demo = place.demo();
    for signal in [Signal::INT, Signal::TERM] {
        let command = place.command(&["-b", "demo", "call", "move_to", "1", "20", "-v"]);
        let mut terminal = Terminal::new(&command, 80, 24);
        terminal.until_shown("move_to");
        send(&terminal, signal);
        terminal.end();
        terminal.is_left_as_it_was();
    }
    assert_eq!(place.run(&["-b", "demo", "call", "mult", "2", "3"]).ok(), "6.0\n");
}
