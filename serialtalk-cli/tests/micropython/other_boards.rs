//! Boards that have no REPL, and ports that are not there yet.

use std::os::unix::fs::symlink;

use crate::bench::bench;
use crate::support::Place;

#[test]
fn firmware_without_a_repl_is_told_from_silence() {
    let place = Place::new();
    let _demo = place.demo();
    for arguments in [&["eval", "1"][..], &["ls"], &["reset"], &["deploy", "--no-echo", "main.py"]] {
        place.write("main.py", "");
        let error = place.run(&[&["-b", "demo", "--timeout", "2s"], arguments].concat()).failed(5);
        assert!(
            error.contains("its program speaks SerialTalk, and did not show a REPL within 2s"),
            "{error}"
        );
        assert!(error.contains("try: serialtalk -b demo list"), "{error}");
    }
}

#[test]
fn silence_is_told_with_what_to_try() {
    let place = Place::new();
    let silent = serialtalk_hal::pty::open().unwrap();
    let path = silent.link().path().to_owned();
    let error = place.run(&["-b", &path, "--timeout", "1s", "exec", "print(1)"]).failed(3);
    let text = format!(
        "error: no MicroPython REPL on {path} at 115200 baud within 1s; nothing came at all\n  try: "
    );
    assert!(error.starts_with(&text), "{error}");
    let error = place.run(&["-b", &path, "--timeout", "1s", "reset", "--hard"]).failed(3);
    assert!(error.starts_with(&text), "{error}");
}

#[test]
fn a_port_is_waited_for() {
    let bench = bench!();
    let port = bench.here("port");
    let name = port.to_str().unwrap();
    let error = bench.run(&["-b", name, "eval", "6*7"]).failed(4);
    assert!(error.contains("no such port"), "{error}");
    let mut waiting = bench.start(&["-b", name, "--wait", "60s", "eval", "6*7"]);
    symlink(bench.board.path(), &port).unwrap();
    assert_eq!(waiting.line(), "42");
    assert_eq!(waiting.end().code, 0);
    std::fs::remove_file(&port).unwrap();
    let mut waiting = bench.start(&["-b", name, "--wait", "60s", "exec", "print(1)"]);
    waiting.signal(rustix::process::Signal::TERM);
    let said = waiting.end();
    // A signal that comes first of all kills the program.
    assert!(matches!(said.code, 130 | -1), "{said:?}");
}
