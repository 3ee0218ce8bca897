//! Boards that run the original Python package, which tells nothing but names.

#![cfg(unix)]

mod support;

use peers::{Interpreter, Line};
use support::Place;

#[test]
fn an_untyped_python_program_is_listed_called_watched_and_probed() {
    let venv = peers::require!();
    let place = Place::new();
    let mut peer = venv.serve(Interpreter::CPython, Line::Pty);
    let path = peer.path().to_owned();
    let path = path.to_str().unwrap();
    let run = |arguments: &[&str]| place.run(&[&["-b", path], arguments].concat());
    let listed = run(&["list"]).ok();
    assert!(
        listed.lines().any(|name| name == "mult") && listed.lines().any(|name| name == "same raw"),
        "{listed}"
    );
    assert_eq!(run(&["call", "mult", "5.9", "94"]).ok(), "554.6\n");
    assert_eq!(run(&["call", "same", "[1, 2.5]", "text", "none"]).ok(), "([1, 2.5], 'text', None)\n");
    assert!(run(&["call", "fail"]).code == 1);
    assert_eq!(run(&["watch", "get_hue", "-n", "2"]).ok(), "0\n0\n");
    assert!(run(&["describe"]).failed(1).contains("--probe"));
    let probed = run(&["describe", "--probe", "mult"]).ok();
    assert_eq!(probed, "mult  2 arguments\n");
    let probed = run(&["describe", "--probe", "imu", "--json"]).ok();
    assert!(probed.contains("\"arguments\":{\"least\":0,\"most\":0}"), "{probed}");
    let checked = run(&["check", "--json"]).ok();
    assert!(checked.contains("\"link\":\"plain\""), "{checked}");
    run(&["call", "stop"]).ok();
    peer.line();
}

#[test]
fn a_rust_board_is_not_probed() {
    let place = Place::new();
    let _demo = place.demo();
    let said = place.run(&["-b", "demo", "describe", "--probe"]).failed(2);
    assert!(said.contains("no untyped Python board"), "{said}");
}
