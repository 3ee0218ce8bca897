//! Standard input and output, between this program and children of it.
#![cfg(all(unix, feature = "stdio"))]

mod common;

use std::process::{Child, Command, Stdio};

use common::*;
use serialtalk::link::{Link, Received};
use serialtalk_hal::stdio::StdioLink;
use serialtalk_hal::{LinkError, OpenError};

fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

#[test]
fn every_byte_passes_through_a_child() {
    let mut child = start(&mut Command::new("cat"));
    let mut link = StdioLink::child(&mut child).unwrap();
    assert_waits_are_bounded(&mut link);
    let bytes = all_bytes();
    send(&mut link, &bytes);
    assert_eq!(receive(&mut link, bytes.len()), bytes);
    drop(link);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_child_that_ends_closes_the_link() {
    let mut child = start(Command::new("sh").args(["-c", "printf bye"]));
    let mut link = StdioLink::child(&mut child).unwrap();
    assert_eq!(receive(&mut link, 3), b"bye");
    assert_eq!(receive_outcome(&mut link), Ok(Received::Closed));
    child.wait().unwrap();
    assert!(is_unplugged(&link.send(b"x"), "child process"));
}

#[test]
fn a_child_that_does_not_read_ends_the_write() {
    let mut child = start(Command::new("sleep").arg("1000"));
    let mut link = StdioLink::child(&mut child).unwrap();
    link.set_write_timeout_ms(20);
    assert_eq!(fill(&mut link).1, LinkError::WriteTimeout { port: "child process".into(), ms: 20 });
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_child_must_be_piped() {
    let mut child = Command::new("true").spawn().unwrap();
    assert!(matches!(StdioLink::child(&mut child), Err(OpenError::Io { .. })));
    child.wait().unwrap();
}

/// The program of the child in the test below; does nothing when it is run as a test.
#[test]
fn echo_in_another_process() {
    if std::env::var_os("SERIALTALK_TEST_ECHO").is_none() {
        return;
    }
    let mut link = StdioLink::open().unwrap();
    send(&mut link, b"ready");
    let mut buffer = [0; 100];
    loop {
        match link.receive(&mut buffer, LONG_MS).unwrap() {
            Received::Bytes(count) => send(&mut link, &buffer[..count]),
            Received::Nothing => {}
            // Exits before the test harness prints to standard output.
            Received::Closed => std::process::exit(0),
        }
    }
}

#[test]
fn a_program_serves_on_its_standard_input_and_output() {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "echo_in_another_process", "--nocapture"]).env("SERIALTALK_TEST_ECHO", "1");
    let mut child = start(&mut program);
    let mut link = StdioLink::child(&mut child).unwrap();
    let mut said = Vec::new();
    while !said.ends_with(b"ready") {
        said.extend(receive(&mut link, 1));
    }
    let bytes = all_bytes();
    send(&mut link, &bytes);
    assert_eq!(receive(&mut link, bytes.len()), bytes);
    drop(link);
    assert!(child.wait().unwrap().success());
}
