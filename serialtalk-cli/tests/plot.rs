//! Lines that move, on a terminal.

#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use rustix::process::{Pid, Signal, kill_process};
use support::Place;
use terminal::{Terminal, alone};

fn is_drawn(screen: &vt100::Screen) -> bool {
    screen.contents().chars().any(|letter| ('\u{2801}'..='\u{28ff}').contains(&letter))
}

#[test]
fn a_plot_shows_values_obeys_keys_and_leaves_the_terminal_as_it_was() {
    let _alone = alone();
    let place = Place::new();
    let demo = place.demo();
    let watch = place.command(&["-b", "demo", "watch", "imu", "battery", "--plot", "--hz", "50"]);
    let mut terminal = Terminal::new(&watch, 80, 24);
    terminal.until("a line", is_drawn);
    let text = terminal.until_shown("4 ■ battery");
    assert!(
        text.contains("1 ■ imu.x")
            && text.contains("of 50 Hz")
            && text.contains("B/s")
            && text.contains("now"),
        "{text}"
    );
    terminal.press(" ");
    terminal.until_shown("halted");
    terminal.press("?");
    terminal.until_shown("locks the scale");
    terminal.resize(120, 40);
    terminal.until("the legend beside the plot", |screen| {
        screen.contents().lines().any(|line| line.contains('│') && line.contains("1 ■ imu.x"))
    });
    terminal.press("? ");
    terminal.until("the help to be gone", |screen| !screen.contents().contains("locks the scale"));
    terminal.press("r");
    let text = terminal.until_shown(".mcap");
    assert!(text.contains("recording into serialtalk-"), "{text}");
    terminal.press("r");
    terminal.until_shown("the recording has ended");
    drop(demo);
    terminal.until_shown("is not connected");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.until_shown("slots");
    terminal.is_left_as_it_was();
}

#[test]
fn whatever_ends_a_plot_the_terminal_is_as_it_was() {
    let _alone = alone();
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let place = Place::new();
        let _demo = place.demo();
        let watch = place.command(&["-b", "demo", "watch", "imu", "--plot"]);
        let mut terminal = Terminal::new(&watch, 80, 24);
        terminal.until("a line", is_drawn);
        let pid = Pid::from_raw(terminal.child.process_id().unwrap().cast_signed()).unwrap();
        kill_process(pid, signal).unwrap();
        assert_eq!(terminal.end(), 0, "{signal:?}");
        terminal.until_shown("slots");
        terminal.is_left_as_it_was();
    }
}

#[test]
fn a_plot_of_a_command_that_is_refused_ends_and_says_why() {
    let _alone = alone();
    let place = Place::new();
    let _demo = place.demo();
    let mut terminal = Terminal::new(&place.command(&["-b", "demo", "watch", "imv", "--plot"]), 80, 24);
    assert_eq!(terminal.end(), 1);
    terminal.until_shown("is it `imu`?");
    terminal.is_left_as_it_was();
}

#[test]
fn a_plot_needs_a_terminal() {
    let place = Place::new();
    let _demo = place.demo();
    let said = place.run(&["-b", "demo", "watch", "imu", "--plot"]).failed(2);
    assert!(said.contains("a plot needs a terminal") && said.contains("--csv"), "{said}");
}
