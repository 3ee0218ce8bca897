//! Values on a terminal.

use crate::board::Board;
use crate::support::Place;
use crate::window::Terminal;

/// The lines that are not empty.
fn lines(screen: &vt100::Screen) -> Vec<String> {
    screen.contents().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Whether a screen shows the two lines below others.
fn shows_values(screen: &vt100::Screen, above: usize) -> bool {
    match lines(screen).get(above..) {
        Some([count, place]) => {
            count.starts_with("count  ") && place.starts_with("place  (") && place.contains(" of 50 Hz")
        }
        _ => false,
    }
}

#[test]
fn values_are_drawn_again_in_their_place() {
    let place = Place::new();
    let mut board = Board::new(&place, "arm");
    let command = place.command(&["-b", "./arm", "watch", "count", "place", "--hz", "50"]);
    let mut terminal = Terminal::new(&command, 60, 24);
    terminal.until("both values", |screen| shows_values(screen, 0));
    let reached = board.will.calls() + 20;
    while board.will.calls() < reached {
        terminal.until("both values", |screen| shows_values(screen, 0));
    }
    // What is told is above the values, and they are old meanwhile.
    board.unplug();
    terminal.until_shown("no such port");
    board.plug();
    terminal.until_shown("is connected");
    terminal.until("both values below", |screen| {
        let told = lines(screen).iter().filter(|line| !line.contains(" of 50 Hz")).count();
        told >= 3 && shows_values(screen, told)
    });
    terminal.press("\x03");
    terminal.until_shown("place: ");
    assert_eq!(terminal.end(), 0);
    terminal.is_left_as_it_was();
}

#[test]
fn a_narrow_terminal_has_the_beginning_of_a_value() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let command = place.command(&["-b", "./arm", "watch", "place", "--hz", "50"]);
    let terminal = Terminal::new(&command, 34, 4);
    terminal.until("a value that is cut", |screen| {
        matches!(lines(screen).as_slice(), [line] if line.contains("place  (") && line.contains("…  "))
    });
    terminal.resize(60, 4);
    terminal.until("the whole value", |screen| {
        lines(screen).last().is_some_and(|line| line.contains(", 0.5)  ") && line.ends_with(" missed"))
    });
}

#[test]
fn more_values_than_the_terminal_has_lines_are_left_out() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let commands = ["count", "place", "level", "name", "held"];
    let command = place.command(&[&["-b", "./arm", "watch", "--hz", "50"], &commands[..]].concat());
    let terminal = Terminal::new(&command, 80, 4);
    terminal.until("what has room", |screen| {
        let lines = lines(screen);
        lines.len() == 3 && lines[0].starts_with("count") && lines[2] == "… and 3 more"
    });
}
