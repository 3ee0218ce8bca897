//! The full screen.

#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use rustix::process::{Pid, Signal, kill_process};
use support::Place;
use terminal::{Terminal, alone};

#[test]
fn commands_are_called_watched_and_plotted() {
    let _alone = alone();
    let place = Place::new();
    let demo = place.demo();
    let mut terminal = Terminal::new(&place.command(&["-b", "demo", "ui", "--hz", "50"]), 120, 36);
    terminal.until_shown("mult(a: f32, b: f32) -> f32");
    terminal.press("\r");
    terminal.until_shown("b: f32");
    terminal.press("6\r7\r");
    terminal.until_shown("mult 6 7  42.0");
    terminal.press("\x1b[Bw");
    terminal.until("a line of the plot", |screen| {
        let text = screen.contents();
        text.contains("* imu()") && text.contains("1 ■ imu.x") && text.contains("of 50 Hz")
    });
    terminal.press("w");
    terminal.until("the plot to be gone", |screen| !screen.contents().contains("imu.x  "));
    terminal.press(":mlt 1\r");
    terminal.until_shown("is it `mult`?");
    terminal.press(":renam\t'R 3'\r");
    terminal.until_shown("rename 'R 3'  None");
    terminal.press("?");
    terminal.until_shown("a call as one line");
    terminal.press("?\r");
    terminal.until_shown("imu  (");
    terminal.resize(60, 18);
    terminal.until("the keys at the new end", |screen| {
        screen.contents().lines().last().is_some_and(|line| line.starts_with("q quit"))
    });
    drop(demo);
    terminal.until_shown("is not connected");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_left_as_it_was();
}

#[test]
fn what_is_watched_is_recorded_between_two_keys() {
    let _alone = alone();
    let place = Place::new();
    let _demo = place.demo();
    let mut terminal = Terminal::new(&place.command(&["-b", "demo", "ui", "--hz", "50"]), 100, 30);
    terminal.until_shown("mult");
    terminal.press("r");
    terminal.until_shown("recording what is watched into serialtalk-");
    terminal.press("\x1b[Bw");
    terminal.until_shown("of 50 Hz");
    terminal.press("w\x1b[Bw");
    terminal.until_shown("1 ■ battery");
    terminal.press("r");
    terminal.until_shown("the recording has ended");
    let files = std::fs::read_dir(place.folder()).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let bytes = std::fs::read(file).unwrap();
    let has = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(bytes.ends_with(b"\x89MCAP0\r\n"), "the file is whole");
    assert!(has("/demo/imu") && has("/demo/battery") && has("{\"x\":"));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn signals_leave_the_terminal_as_it_was() {
    let _alone = alone();
    for signal in [Signal::INT, Signal::TERM] {
        let place = Place::new();
        let _demo = place.demo();
        let mut terminal = Terminal::new(&place.command(&["-b", "demo", "ui"]), 80, 24);
        terminal.until_shown("mult");
        let pid = Pid::from_raw(terminal.child.process_id().unwrap().cast_signed()).unwrap();
        kill_process(pid, signal).unwrap();
        assert_eq!(terminal.end(), 0, "{signal:?}");
        terminal.is_left_as_it_was();
    }
}

#[test]
fn the_screen_needs_a_terminal_and_other_programs_call_meanwhile() {
    let _alone = alone();
    let place = Place::new();
    let _demo = place.demo();
    assert!(place.run(&["-b", "demo", "ui"]).failed(2).contains("needs a terminal"));
    let mut terminal = Terminal::new(&place.command(&["-b", "demo", "ui"]), 80, 24);
    terminal.until_shown("mult");
    assert_eq!(place.run(&["-b", "demo", "call", "mult", "2", "3"]).ok(), "6.0\n");
    terminal.press("\x1b");
    assert_eq!(terminal.end(), 0);
}
