//! Boards that run the original Python package, which tells nothing but names.

#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use peers::{Interpreter, Line};
use serialtalk::link::{Link, Received};
use serialtalk_hal::pty::PtyLink;
use support::{Place, Started};
use terminal::Terminal;

/// Does with a program of the original package what can be done with any board.
fn is_used_by_every_command(place: &Place, target: &str) {
    let run = |arguments: &[&str]| place.run(&[&["-b", target], arguments].concat());
    let listed = run(&["list"]).ok();
    for name in ["mult", "same raw"] {
        assert!(listed.lines().any(|listed| listed == name), "{listed}");
    }
    assert!(run(&["list", "--json"]).ok().contains("\"command\":\"mult\""));
    assert_eq!(run(&["call", "mult", "5.9", "94"]).ok(), "554.6\n");
    assert!(run(&["call", "mult", "2", "3", "--json"]).ok().contains("\"value\":6.0"));
    assert_eq!(run(&["call", "same", "[1, 2.5]", "text", "none"]).ok(), "([1, 2.5], 'text', None)\n");
    assert_eq!(run(&["call", "mult", "2", "3", "--format", "ff"]).ok(), "6.0\n");
    run(&["call", "fail"]).failed(1);
    assert!(run(&["call", "mlt"]).failed(1).contains("is it `mult`?"));
    assert!(run(&["describe"]).failed(1).contains("--probe"));
    assert_eq!(run(&["describe", "--probe", "mult"]).ok(), "mult  2 arguments\n");
    let probed = run(&["describe", "--probe", "imu", "--json"]).ok();
    assert!(probed.contains("\"arguments\":{\"least\":0,\"most\":0}"), "{probed}");
    assert_eq!(run(&["watch", "get_hue", "-n", "2"]).ok(), "0\n0\n");
    assert!(run(&["watch", "get_hue", "mult 2 3", "-n", "1", "--csv"]).ok().ends_with(",0,6.0\n"));
    assert!(run(&["bench", "-n", "5", "--json"]).ok().contains("\"calls\":5"));
    let checked = run(&["check", "--json"]).ok();
    assert!(checked.contains("\"link\":\"plain\"") && checked.contains("\"round_trip\""), "{checked}");
    let lines = place.run_with_input(&["-b", target, "shell"], b"mult 2 3\nsame 'a b'\n");
    assert_eq!(lines.ok(), "6.0\n'a b'\n");
    for language in ["rust", "python"] {
        let said = run(&["generate", language]).failed(1);
        assert!(said.contains("does not tell the signatures"), "{said}");
    }
    let sharing = Started::new(place.command(&["-b", target, "share"]), "is shared");
    assert_eq!(run(&["call", "mult", "2", "4"]).ok(), "8.0\n");
    drop(sharing);
    let mut screen = Terminal::new(&place.command(&["-b", target, "ui"]), 100, 30);
    screen.until_shown("mult");
    screen.press(":mult 2 5\r");
    screen.until_shown("mult 2 5  10.0");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    run(&["call", "stop"]).ok();
}

/// Carries bytes between two ptys.
fn connect(mut a: PtyLink, mut b: PtyLink) {
    let mut buffer = [0; 256];
    loop {
        if let Ok(Received::Bytes(count)) = a.receive(&mut buffer, 1) {
            b.send(&buffer[..count]).unwrap();
        }
        std::mem::swap(&mut a, &mut b);
    }
}

#[test]
fn every_command_has_its_way_with_programs_of_the_original_package() {
    let venv = peers::require!();
    let place = Place::new();
    let mut peer = venv.serve(Interpreter::CPython, Line::Pty);
    is_used_by_every_command(&place, peer.path().to_str().unwrap());
    peer.line();
    for interpreter in Interpreter::ALL {
        let peer = venv.serve(interpreter, Line::Listen);
        is_used_by_every_command(&place, &format!("tcp://{}", peer.address()));
    }
}

#[test]
fn every_command_has_its_way_with_micropython_on_a_port() {
    let venv = peers::require!();
    let place = Place::new();
    let [there, here] = [PtyLink::open().unwrap(), PtyLink::open().unwrap()];
    let [path, target] = [&there, &here].map(|link| link.path().to_owned());
    std::thread::spawn(move || connect(there, here));
    let mut peer = venv.serve(Interpreter::MicroPython, Line::path(path));
    is_used_by_every_command(&place, &target);
    peer.line();
}

#[test]
fn a_rust_board_is_not_probed() {
    let place = Place::new();
    let _demo = place.demo();
    let said = place.run(&["-b", "demo", "describe", "--probe"]).failed(2);
    assert!(said.contains("no untyped Python board"), "{said}");
}
