//! Serial ports, tested on virtual ones.
#![cfg(all(unix, feature = "serial", feature = "pty"))]

mod common;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::thread;

use common::alias::PortAlias;
use common::*;
use serialtalk::link::{Link, Received};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::serial::{SerialLink, SerialOptions};
use serialtalk_hal::{LinkError, OpenError};

fn open(path: &str) -> Result<SerialLink, OpenError> {
    SerialLink::open(path, SerialOptions::default())
}

fn board_and_host() -> (PtyLink, SerialLink) {
    let board = PtyLink::open().unwrap();
    let host = open(board.path()).unwrap();
    (board, host)
}

#[test]
fn every_byte_crosses_both_ways() {
    let (mut board, mut host) = board_and_host();
    assert_both_ways(&mut board, &mut host);
}

#[test]
fn reads_wait_no_longer_than_told() {
    let (_board, mut host) = board_and_host();
    assert_waits_are_bounded(&mut host);
}

#[test]
fn earlier_input_is_discarded_unless_kept() {
    let mut board = PtyLink::open().unwrap();
    send(&mut board, b"stale");
    let mut host = open(board.path()).unwrap();
    send(&mut board, b"fresh");
    assert_eq!(receive(&mut host, 5), b"fresh");

    let mut board = PtyLink::open().unwrap();
    send(&mut board, b"kept ");
    let mut host = SerialLink::open(board.path(), SerialOptions::default().keep_input()).unwrap();
    send(&mut board, b"fresh");
    assert_eq!(receive(&mut host, 10), b"kept fresh");
}

#[test]
fn an_unplugged_port_is_an_error_at_once() {
    let (board, mut host) = board_and_host();
    drop(board);
    let path = host.path().to_string();
    assert!(is_unplugged(&host.receive(&mut [0; 8], 0), &path));
    assert!(is_unplugged(&host.receive(&mut [0; 8], LONG_MS), &path));
    assert!(is_unplugged(&host.send(b"x"), &path));
}

#[test]
fn unplugging_ends_a_read_that_waits() {
    let (board, mut host) = board_and_host();
    let path = host.path().to_string();
    let reader = thread::spawn(move || receive_outcome(&mut host));
    drop(board);
    assert!(is_unplugged(&reader.join().unwrap(), &path));
}

#[test]
fn reopening_works_once_the_port_is_back() {
    let alias = PortAlias::new("reopen");
    let board = PtyLink::open().unwrap();
    alias.point_to(board.path());
    let mut host = open(alias.path()).unwrap();
    drop(board);
    alias.remove();
    assert!(is_unplugged(&receive_outcome(&mut host), alias.path()));

    assert!(matches!(host.reopen(), Err(OpenError::NotFound { .. })));
    assert!(is_unplugged(&host.send(b"x"), alias.path()), "a link that is not open must say so");

    let mut board = PtyLink::open().unwrap();
    alias.point_to(board.path());
    host.reopen().unwrap();
    assert_both_ways(&mut board, &mut host);
}

#[test]
fn a_port_that_still_works_can_be_reopened() {
    let (mut board, mut host) = board_and_host();
    host.reopen().unwrap();
    assert_both_ways(&mut board, &mut host);
}

#[test]
fn a_missing_port_is_named() {
    let error = open("/dev/no-such-port").unwrap_err();
    assert!(matches!(&error, OpenError::NotFound { port, .. } if port == "/dev/no-such-port"));
    assert!(error.to_string().starts_with("/dev/no-such-port: no such port; there"), "{error}");
}

#[test]
fn a_port_is_opened_once_at_a_time() {
    let (board, host) = board_and_host();
    assert_eq!(open(board.path()).unwrap_err(), OpenError::Busy { port: board.path().into() });
    drop(host);
    assert!(open(board.path()).is_ok());
}

#[test]
fn a_file_is_not_a_port() {
    let file = PortAlias::new("file");
    std::fs::write(file.path(), "").unwrap();
    let error = open(file.path()).unwrap_err();
    assert!(
        error.to_string().starts_with(&format!("{} is not a serial port; there", file.path())),
        "{error}"
    );
}

#[test]
fn a_peer_that_does_not_read_ends_the_write() {
    let board = PtyLink::open().unwrap();
    let mut host = SerialLink::open(board.path(), SerialOptions::default().write_timeout_ms(20)).unwrap();
    let (sent, error) = fill(&mut host);
    assert!(sent > 0);
    assert_eq!(error, LinkError::WriteTimeout { port: board.path().into(), ms: 20 });
}

#[test]
fn a_blocked_write_continues_once_the_peer_reads() {
    let mut board = PtyLink::open().unwrap();
    let mut host =
        SerialLink::open(board.path(), SerialOptions::default().write_timeout_ms(LONG_MS)).unwrap();
    let bytes: Vec<u8> = all_bytes().into_iter().cycle().take(300_000).collect();
    let expected = bytes.clone();
    let writer = thread::spawn(move || {
        send(&mut host, &bytes);
        host
    });
    assert!(receive(&mut board, expected.len()) == expected, "bytes were lost or out of order");
    writer.join().unwrap();
}

#[test]
fn a_port_without_dtr_and_rts_opens() {
    let mut board = PtyLink::open().unwrap();
    let options = SerialOptions::new(9600).dtr(false).rts(true);
    let mut host = SerialLink::open(board.path(), options).unwrap();
    assert_both_ways(&mut board, &mut host);
    assert!(host.set_dtr(true).is_err());
    assert!(host.set_rts(true).is_err());
    host.set_baud(460_800).unwrap();
    assert_both_ways(&mut board, &mut host);
}

/// The program of the child process in the tests below; does nothing when it is run as a test.
#[test]
fn in_another_process() {
    if let Ok(path) = std::env::var("SERIALTALK_TEST_OPEN") {
        println!("[{}]", open(&path).unwrap_err());
    }
    #[cfg(feature = "tcp")]
    if std::env::var_os("SERIALTALK_TEST_DEFAULT").is_some() {
        println!("[{}]", serialtalk_hal::open_default().unwrap_err());
    }
}

fn output_of_another_process(program: &Path, adapt: impl FnOnce(&mut Command) -> &mut Command) -> String {
    let mut command = Command::new(program);
    let output =
        adapt(command.args(["--exact", "in_another_process", "--nocapture"])).output().expect("it starts");
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, rest) = text.split_once('[').unwrap_or_else(|| panic!("{text}"));
    rest.split_once("]\n").unwrap_or_else(|| panic!("{text}")).0.into()
}

#[cfg(feature = "tcp")]
#[test]
fn the_environment_names_the_target() {
    let program = std::env::current_exe().unwrap();
    let error = |value: &str| {
        output_of_another_process(&program, |command| {
            command.env("SERIALTALK_TEST_DEFAULT", "1").env("SERIALTALK_PORT", value)
        })
    };
    assert!(error("/dev/no-such-port").starts_with("/dev/no-such-port: no such port; "));
    assert!(error("usb:").starts_with("`usb:` cannot be opened: expected a path "));
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(error(&format!("tcp://{free}")), format!("nobody listens at {free}: start the server first"));
    if serialtalk_hal::ports::list().unwrap().len() != 1 {
        assert!(error("").starts_with("cannot choose a port: "), "{}", error(""));
    }
}

#[test]
fn a_denied_port_names_the_group_to_join() {
    let board = PtyLink::open().unwrap();
    let node = Path::new(board.path());
    if std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        // Root may open every port, so a child process runs as another user, from a copy of this program that it may execute.
        const GROUP: u32 = 20;
        const NOBODY: u32 = 65534;
        let program = std::env::temp_dir().join(format!("serialtalk-nobody-{}", std::process::id()));
        std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        std::os::unix::fs::chown(node, Some(0), Some(GROUP)).unwrap();
        std::fs::set_permissions(node, PermissionsExt::from_mode(0o660)).unwrap();
        let said = output_of_another_process(&program, |command| {
            use std::os::unix::process::CommandExt;
            command.env("SERIALTALK_TEST_OPEN", node).uid(NOBODY).gid(NOBODY).current_dir("/")
        });
        std::fs::remove_file(&program).unwrap();
        assert!(said.starts_with(&format!("{}: permission denied\n", node.display())), "{said}");
        let groups = std::fs::read_to_string("/etc/group").unwrap_or_default();
        if groups.lines().any(|line| line.starts_with("dialout:") && line.contains(":20:")) {
            assert!(said.ends_with("sudo usermod -aG dialout $USER, then log in again"), "{said}");
        }
    } else {
        std::fs::set_permissions(node, PermissionsExt::from_mode(0o000)).unwrap();
        let error = open(board.path()).unwrap_err();
        assert_eq!(error, OpenError::PermissionDenied { port: board.path().into(), group: None });
    }
}

#[test]
fn reads_of_any_size_return_each_byte_once() {
    let (mut board, mut host) = board_and_host();
    let bytes = all_bytes();
    send(&mut board, &bytes);
    let mut received = Vec::new();
    for size in (1..).take_while(|size| size * (size - 1) / 2 < bytes.len()) {
        let mut buffer = vec![0; size];
        match host.receive(&mut buffer, LONG_MS).unwrap() {
            Received::Bytes(count) => received.extend_from_slice(&buffer[..count]),
            other => panic!("{other:?} after {} bytes", received.len()),
        }
    }
    assert_eq!(received, bytes[..received.len()]);
}
