//! Boards that mean harm.

#![cfg(unix)]

#[path = "support/board.rs"]
mod board;
mod support;

use std::sync::atomic::Ordering;

use board::{Board, text};
use serialtalk::link::Link;
use serialtalk::proto::Suffix;
use support::Place;

/// Clears the screen, sets the title, turns the text around, and asks the terminal to type something.
const EVIL: &str = "\x1b[2J\x1b]0;owned\x07\u{202e}\u{9b}5n\r";

/// A board that answers `echo`, and says evil things otherwise.
fn evil(name: &str, payload: &[u8]) -> (Suffix, Vec<u8>) {
    match name {
        "echo" => (Suffix::Ack, payload.to_vec()),
        "get_num_commands" => (Suffix::Ack, b"\x01B\x02".to_vec()),
        "get_nth_command" | "value" | "get_version" => (Suffix::Ack, text(EVIL)),
        "bytes" => (Suffix::Ack, [b"\x03raw", EVIL.as_bytes()].concat()),
        "unpackable" => (Suffix::Ack, EVIL.as_bytes().to_vec()),
        "literal" => (Suffix::Ack, [b"\x04repr", EVIL.as_bytes()].concat()),
        _ => (Suffix::Err, text(&format!("Command failed: {EVIL}"))),
    }
}

fn assert_harmless(said: &support::Said) {
    for text in [&said.stdout, &said.stderr] {
        let is_harmless = |letter: char| letter == '\n' || !letter.is_control() && letter != '\u{202e}';
        assert!(text.chars().all(is_harmless), "{said:?}");
    }
}

#[test]
fn no_word_of_a_board_reaches_the_terminal_as_it_is() {
    let place = Place::new();
    let board = Board::new(evil);
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["describe"],
        &["check"],
        &["check", "--json"],
        &["call", "value"],
        &["call", "value", "--json"],
        &["call", "bytes"],
        &["call", "unpackable"],
        &["call", "literal"],
        &["call", "refused"],
        &["call", "refused", "--json"],
        &["-v", "call", "value"],
        &["generate", "rust"],
        &["watch", "value", "-n", "2"],
        &["watch", "value", "-n", "2", "--json"],
        &["watch", "value", "-n", "2", "--csv"],
        &["watch", "refused", "-n", "2"],
    ] {
        let said = place.run(&[&["-b", &board.path], arguments].concat());
        assert_harmless(&said);
        let has_said = said.stdout.len() + said.stderr.len() > 0;
        assert!(has_said, "{arguments:?}");
    }
    let raw = place.run(&["-b", &board.path, "call", "value", "--raw"]).ok();
    assert_eq!(raw, EVIL, "it is asked for as it is");
}

#[test]
fn a_board_that_floods_is_given_up_in_time() {
    let place = Place::new();
    for flood in ["x".repeat(4000), "<\x06\x01fload\x01z>".repeat(300), ">>> \r\n".repeat(500)] {
        let board = Board::that(move |link, stop| {
            link.set_write_timeout_ms(20);
            while !stop.load(Ordering::Relaxed) {
                let _ = link.send(flood.as_bytes());
            }
        });
        let said = place.run(&["-b", &board.path, "--timeout", "400ms", "call", "mult", "1", "2"]);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.stderr.len() < 8192, "{} bytes are said of it", said.stderr.len());
    }
}

#[test]
fn a_board_that_numbers_its_commands_absurdly_ends_by_a_limit() {
    let place = Place::new();
    let board = Board::new(|name, payload| match name {
        "echo" => (Suffix::Ack, payload.to_vec()),
        "get_num_commands" => (Suffix::Ack, b"\x01H\xff\xff".to_vec()),
        "describe" => (Suffix::Ack, b"\x03rawxxxxxxxxxxxxxxxxxx".to_vec()),
        _ => (Suffix::Err, text("Command failed: no")),
    });
    let said = place.run(&["-b", &board.path, "list"]);
    assert!(said.code == 1 || said.code == 5, "{said:?}");
}
