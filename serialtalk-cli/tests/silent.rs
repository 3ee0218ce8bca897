//! Boards that answer their own commands and are silent otherwise, as on many Arduino boards.

#![cfg(unix)]

#[path = "support/board.rs"]
mod board;
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::time::{Duration, Instant};

use board::{Board, text};
use serialtalk::proto::Suffix;
use support::{Place, Said};
use terminal::Terminal;

/// How long silence is awaited.
const TIMEOUT: Duration = Duration::from_millis(500);

/// Multiplies floats that are packed as such, and has a name; knows nothing else, and says nothing of it.
fn answer(name: &str, payload: &[u8]) -> Option<(Suffix, Vec<u8>)> {
    match (name, payload) {
        ("mult", &[2, b'f', b'f', a0, a1, a2, a3, b0, b1, b2, b3]) => {
            let [a, b] = [[a0, a1, a2, a3], [b0, b1, b2, b3]].map(f32::from_le_bytes);
            Some((Suffix::Ack, [b"\x01f".as_slice(), &(a * b).to_le_bytes()].concat()))
        }
        ("name", _) => Some((Suffix::Ack, text("uno"))),
        _ => None,
    }
}

fn run(place: &Place, options: &[&str], arguments: &[&str]) -> Said {
    place.run(&[options, &["--timeout", "500ms"], arguments].concat())
}

#[test]
fn every_command_that_asks_for_echo_in_vain_ends_in_time_and_says_what_to_try() {
    let place = Place::new();
    let board = Board::laconic(answer);
    for arguments in [
        &["list"][..],
        &["describe"],
        &["describe", "--probe"],
        &["call", "name"],
        &["check"],
        &["watch", "name", "-n", "3"],
        &["bench", "name", "-n", "3"],
        &["shell"],
        &["generate", "rust"],
        &["generate", "python"],
    ] {
        let start = Instant::now();
        let said = run(&place, &["-b", &board.path], arguments).failed(3);
        let took = start.elapsed();
        assert!(said.contains("--no-echo") && said.contains("within 500ms"), "{arguments:?}: {said}");
        assert!(TIMEOUT <= took && took < Duration::from_secs(10), "{arguments:?}: {took:?}");
    }
    let error = run(&place, &["-b", &board.path, "--json"], &["call", "name"]);
    let error: serde_json::Value = serde_json::from_str(&error.stdout).unwrap();
    assert_eq!(error["error"]["kind"], "timeout");
    assert!(error["error"]["hint"].as_str().unwrap().contains("--no-echo"), "{error}");
}

#[test]
fn without_echo_its_commands_are_called_and_watched() {
    let place = Place::new();
    let board = Board::laconic(answer);
    let config = format!("[board.uno]\nport = \"{}\"\necho = false\n", board.path);
    place.write("serialtalk.toml", &config);
    for options in [&["-b", &board.path, "--no-echo"][..], &["-b", "uno"]] {
        let run = |arguments: &[&str]| run(&place, options, arguments);
        assert_eq!(run(&["call", "name"]).ok(), "'uno'\n");
        assert_eq!(run(&["call", "mult", "2", "3", "--format", "ff"]).ok(), "6.0\n");
        assert_eq!(run(&["watch", "name", "-n", "1"]).ok(), "'uno'\n");
        assert!(run(&["watch", "name", "-n", "1", "--csv"]).ok().starts_with("time_s,name\n"));
        assert!(run(&["bench", "name", "-n", "3", "--json"]).ok().contains("\"calls\":3"));
        let arguments = [options, &["--timeout", "500ms", "shell"]].concat();
        let said = place.run_with_input(&arguments, b"name\nnone\nname\n");
        assert_eq!((said.code, said.stdout.as_str()), (3, "'uno'\n'uno'\n"), "{said:?}");
    }
}

#[test]
fn what_it_is_silent_about_is_a_timeout_that_says_so() {
    let place = Place::new();
    let board = Board::laconic(answer);
    for (arguments, text) in [
        (&["call", "none"][..], "another name"),
        (&["call", "mult", "2", "3"], "--format ff"),
        (&["watch", "none"], "another name"),
        (&["bench"], "no answer to `echo`"),
        (&["list"], "serialtalk call NAME"),
        (&["describe"], "serialtalk call NAME"),
        (&["check"], "serialtalk call NAME"),
    ] {
        let said = run(&place, &["-b", &board.path, "--no-echo"], arguments).failed(3);
        assert!(said.contains(text), "{arguments:?}: {said}");
    }
    let said = run(&place, &["-b", &board.path, "--no-echo"], &["generate", "rust"]).failed(1);
    assert!(said.contains("does not tell the signatures"), "{said}");
}

#[test]
fn the_full_screen_calls_it_by_the_line() {
    let place = Place::new();
    let board = Board::laconic(answer);
    let arguments = ["-b", &board.path, "--no-echo", "--timeout", "500ms", "ui"];
    let mut terminal = Terminal::new(&place.command(&arguments), 100, 24);
    terminal.until_shown("may not tell what it can do");
    terminal.until_shown("no answer to `get_num_commands`");
    terminal.press(":name\r");
    terminal.until_shown("name  'uno'");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_left_as_it_was();
}
