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

/// A board that describes its commands in these words.
fn describing(descriptions: &'static [String]) -> Board {
    Board::new(move |name, payload| match (name, payload) {
        ("echo", payload) => (Suffix::Ack, payload.to_vec()),
        ("get_num_commands", _) => (Suffix::Ack, vec![1, b'B', descriptions.len() as u8]),
        ("get_nth_command", &[.., number]) => {
            let description = &descriptions[usize::from(number)];
            (Suffix::Ack, text(description.split('(').next().unwrap()))
        }
        ("describe", &[2, b'2', b'H', number, _, low, high]) => {
            let Some(description) = descriptions.get(usize::from(number)) else {
                return (Suffix::Err, text("Command failed: no such number"));
            };
            let offset = usize::from(u16::from_le_bytes([low, high]));
            let rest = description.as_bytes().get(offset..).unwrap_or_default();
            (Suffix::Ack, [b"\x03raw", &rest[..rest.len().min(100)]].concat())
        }
        _ => (Suffix::Err, text("Command not found")),
    })
}

/// Documentation that ends comments and texts of Rust and Python, and does something then.
const DOCS: &str = "Ends */ here\n\"\"\"\nopen('evil', 'w')\n'''\nopen('evil', 'w')\n```\nevil!()\n```\r#[evil]\n\\\"\"\"\n\x1b[2J";

#[test]
fn what_a_board_says_of_its_commands_does_nothing_in_generated_source() {
    let venv = peers::require!();
    let place = Place::new();
    let of_docs = format!("go(a: u8) -> u8\nrust go(a: u8) -> u8\n\n{DOCS}");
    let of_type = "come(a: u8)\nrust come(a: A<\"\"\"; open('evil', 'w'); \"\"\">)".to_owned();
    let board = describing(vec![of_docs, of_type].leak());
    let run = |arguments: &[&str]| place.run(&[&["-b", &board.path], arguments].concat());
    for arguments in [&["list"][..], &["list", "--json"], &["describe"], &["describe", "--json"]] {
        let said = run(arguments);
        assert!(!said.stdout.contains('\x1b') && !said.stdout.contains('\r'), "{said:?}");
        assert!(said.ok().contains("go(a: u8) -> u8"), "{arguments:?}");
    }
    let rust = run(&["generate", "rust"]).ok();
    let mut of_evil = rust.lines().filter(|line| line.contains("evil"));
    assert!(of_evil.clone().count() > 2 && of_evil.all(|line| line.trim().starts_with("///")), "{rust}");
    run(&["generate", "python", "--output", "board.py"]).ok();
    for (name, source) in [
        (serialtalk_python::PEER_FILE, serialtalk_python::PEER),
        (serialtalk_python::DEVICES_FILE, serialtalk_python::DEVICES),
    ] {
        place.write(name, source);
    }
    let mut python = venv.command(peers::Interpreter::CPython);
    python.args(["-c", "import board; print(board.BoardClient.go.__name__)"]);
    python.current_dir(place.folder()).env("PYTHONPATH", place.folder());
    assert_eq!(support::said(python).ok(), "go\n");
    assert!(!support::exists(&place.folder().join("evil")));
}

#[test]
fn a_name_that_is_no_identifier_is_in_no_source() {
    for description in [
        "go()\nrust go() {} fn evil()",
        "go()\nrust evil!()",
        "go(a b: u8)\nrust go(a b: u8)",
        "go() -> {x;y: u8}\nrust go() -> Evil",
    ] {
        let place = Place::new();
        let board = describing(vec![description.to_owned()].leak());
        for language in ["rust", "python"] {
            let said = place.run(&["-b", &board.path, "generate", language]);
            assert!([1, 5].contains(&said.code), "{language} of {description}: {said:?}");
            assert_eq!(said.stdout, "");
        }
    }
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
