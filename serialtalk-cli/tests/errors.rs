//! What is wrong, and what to do about it.

#![cfg(unix)]

#[path = "support/board.rs"]
mod board;
mod support;

use std::sync::atomic::{AtomicU32, Ordering};

use board::{Board, text};
use serialtalk::link::{Link, Received};
use serialtalk::proto::Suffix;
use serialtalk_hal::pty::PtyLink;
use support::{Place, Said};

/// What the command says of a board that says `text` whenever it hears something, and never answers.
fn with_board_that_says(text: &'static str) -> Said {
    let place = Place::new();
    let mut board = PtyLink::open().unwrap();
    let path = board.path().to_owned();
    let speaking = std::thread::spawn(move || {
        let mut buffer = [0; 256];
        loop {
            match board.receive(&mut buffer, 10_000) {
                Ok(Received::Bytes(_)) if text.is_empty() => {}
                Ok(Received::Bytes(_)) => drop(board.send(text.as_bytes())),
                _ => return,
            }
        }
    });
    let said = place.run(&["-b", &path, "--timeout", "300ms", "call", "mult", "1", "2"]);
    drop(speaking);
    said
}

#[test]
fn a_silent_board_is_a_timeout_that_says_what_to_try() {
    let said = with_board_that_says("").failed(3);
    assert!(said.contains("at 115200 baud within 300ms"), "{said}");
    assert!(said.contains("--no-echo") && said.contains("--dtr off"), "{said}");
}

#[test]
fn a_board_at_its_prompt_is_told_apart_from_a_silent_one() {
    let said = with_board_that_says("MicroPython v1.29\r\n>>> ").failed(3);
    assert!(said.contains("`>>>`") && said.contains("serialtalk deploy"), "{said}");
}

#[test]
fn noise_says_that_the_speed_is_wrong() {
    let said = with_board_that_says("\u{80}\u{0}\u{81}\u{1}\u{82}\u{2}\u{83}\u{3}").failed(3);
    assert!(said.contains("--baud"), "{said}");
}

#[test]
fn text_of_a_board_has_no_say_over_the_terminal() {
    let said = with_board_that_says("\x1b[2J\x1b]0;title\x07boot log\r\n").failed(3);
    assert!(said.contains("boot log") && !said.contains('\x1b') && !said.contains('\x07'), "{said:?}");
}

#[test]
fn check_counts_round_trips_that_fail() {
    let place = Place::new();
    let count = AtomicU32::new(0);
    // Every fourth reply is lost.
    let board = Board::laconic(move |name, payload| match name {
        "echo" if count.fetch_add(1, Ordering::Relaxed) % 4 == 3 => None,
        "echo" => Some((Suffix::Ack, payload.to_vec())),
        "get_num_commands" => Some((Suffix::Ack, b"\x01B\x00".to_vec())),
        _ => Some((Suffix::Err, text("Command not found"))),
    });
    let said = place.run(&["-b", &board.path, "--timeout", "300ms", "check"]);
    let errors = said.stdout.lines().find_map(|line| line.strip_prefix("errors")).unwrap().trim();
    let (errors, rest) = errors.split_once(' ').unwrap();
    assert!((1..20).contains(&errors.parse().unwrap()) && rest == "in 20 round trips", "{said:?}");
    assert!(said.stdout.lines().any(|line| line.starts_with("bytes")), "{said:?}");
    assert!(said.failed(3).contains("serialtalk sniff"));
}

#[test]
fn what_is_written_wrong_is_said_in_a_sentence() {
    let place = Place::new();
    place.write("serialtalk.toml", "[board.arm]\nport = \"/dev/null\"\nbauds = 9600\n");
    for (arguments, code, text) in [
        (&["call"][..], 2, "required arguments"),
        (&["cal"], 2, "'call'"),
        (&["list", "--jsn"], 2, "--json"),
        (&["list"], 2, "unknown field `bauds`"),
        (&["--timeout", "5", "list"], 2, "time unit needed"),
        (&["--baud", "fast", "list"], 2, "invalid digit"),
    ] {
        let said = place.run(arguments).failed(code);
        assert!(said.contains(text), "{arguments:?}: {said}");
    }
    place.write("serialtalk.toml", "[board.arm]\nport = \"/dev/null\"\n");
    for (arguments, code, text) in [
        (&["-b", "arn", "list"][..], 2, "no board is called `arn`; there are arm"),
        (&["-b", "arm", "list"], 4, "/dev/null is not a serial port"),
        (&["-b", "/dev/no-such-port", "list"], 4, "no such port"),
        (&["-b", "tcp://127.0.0.1:1", "list"], 4, "nobody listens"),
        (&["-b", "usb:zz", "list"], 2, "usb:VENDOR:PRODUCT"),
        (&["-b", "demo", "list"], 2, "no demo board runs"),
        (&["-b", "arm", "call", "f", "hex:0"], 2, "pairs of hexadecimal digits"),
        (&["-b", "arm", "call", "f", "file:no-such-file"], 2, "cannot be read"),
        (&["--baud", "0", "-b", "arm", "list"], 2, "0 bits per second"),
        (&["--timeout", "0s", "-b", "arm", "list"], 2, "a timeout of 0s"),
    ] {
        let said = place.run(arguments).failed(code);
        assert!(said.contains(text), "{arguments:?}: {said}");
    }
}

#[test]
fn what_a_board_refuses_is_exit_code_1_and_says_why() {
    let place = Place::new();
    let _demo = place.demo();
    for (arguments, text) in [
        (&["mult", "a", "b"][..], "argument 1 (`a`): expected a number, got text"),
        (&["mult", "1"], "`mult`"),
        (&["move_to", "7", "1"], "NoSuchJoint"),
        (&["move_to", "1", "400"], "nearest=180.0"),
        (&["mlt", "1", "2"], "is it `mult`?"),
        (&["nothing_like_it"], "serialtalk list"),
    ] {
        let said = place.run(&[&["-b", "demo", "call"], arguments].concat()).failed(1);
        assert!(said.contains(text), "{arguments:?}: {said}");
    }
}

#[test]
fn a_port_that_is_not_there_yet_is_waited_for() {
    let place = Place::new();
    let waiting = place.command(&["-b", "link", "--wait", "20s", "call", "echo", "7"]);
    let waiting = std::thread::spawn(move || support::said(waiting));
    // A board under the awaited name, whether the program looks before or after.
    let mut board = serialtalk_hal::pty::open().unwrap();
    std::os::unix::fs::symlink(board.link().path(), place.folder().join("link")).unwrap();
    while !waiting.is_finished() {
        board.process_within(20).unwrap();
    }
    let said = waiting.join().unwrap();
    assert_eq!(said.stdout, "7\n", "{said:?}");
}

#[test]
fn a_reader_that_has_enough_ends_the_command_quietly() {
    let place = Place::new();
    let _demo = place.demo();
    let mut list = place.command(&["-b", "demo", "list"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    list.stdout(writer).stderr(std::process::Stdio::piped());
    let output = list.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), vec![]));
}
