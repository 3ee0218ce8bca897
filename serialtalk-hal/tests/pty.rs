//! Virtual serial ports and the cable between two of them.
#![cfg(all(unix, feature = "pty"))]

mod common;

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::thread;

use common::*;
use serialtalk_hal::LinkError;
use serialtalk_hal::pty::PtyLink;

fn open(path: &str) -> File {
    OpenOptions::new().read(true).write(true).open(path).unwrap()
}

#[test]
fn other_programs_open_the_port_as_a_file() {
    let mut link = PtyLink::open().unwrap();
    let mut program = open(link.path());
    let bytes = all_bytes();
    send(&mut link, &bytes);
    let mut received = vec![0; bytes.len()];
    program.read_exact(&mut received).unwrap();
    assert_eq!(received, bytes);
    program.write_all(&bytes).unwrap();
    assert_eq!(receive(&mut link, bytes.len()), bytes);
}

#[test]
fn sent_bytes_are_not_echoed() {
    let mut link = PtyLink::open().unwrap();
    let _program = open(link.path());
    send(&mut link, b"echo?\r\n");
    assert_waits_are_bounded(&mut link);
}

#[test]
fn the_port_can_be_closed_and_opened_again() {
    let mut link = PtyLink::open().unwrap();
    assert_waits_are_bounded(&mut link);
    for round in 0..3_u8 {
        let mut program = open(link.path());
        program.write_all(&[round; 4]).unwrap();
        drop(program);
        assert_eq!(receive(&mut link, 4), [round; 4]);
        assert_waits_are_bounded(&mut link);
    }
}

#[test]
fn bytes_without_a_reader_are_kept_until_the_buffer_is_full() {
    let mut link = PtyLink::open().unwrap();
    link.set_write_timeout_ms(20);
    send(&mut link, b"first");
    let (sent, error) = fill(&mut link);
    assert!(sent > 0);
    assert_eq!(error, LinkError::WriteTimeout { port: link.path().into(), ms: 20 });
    let mut first = [0; 5];
    open(link.path()).read_exact(&mut first).unwrap();
    assert_eq!(&first, b"first");
}

#[test]
fn a_blocked_write_continues_once_the_program_reads() {
    let mut link = PtyLink::open().unwrap();
    link.set_write_timeout_ms(LONG_MS);
    let mut program = open(link.path());
    let bytes: Vec<u8> = all_bytes().into_iter().cycle().take(300_000).collect();
    let expected = bytes.clone();
    let writer = thread::spawn(move || {
        send(&mut link, &bytes);
        link
    });
    let mut received = vec![0; expected.len()];
    program.read_exact(&mut received).unwrap();
    assert!(received == expected, "bytes were lost or out of order");
    writer.join().unwrap();
}

#[test]
fn dropping_the_link_unplugs_the_program() {
    let link = PtyLink::open().unwrap();
    let mut program = open(link.path());
    drop(link);
    assert!(matches!(program.read(&mut [0; 1]), Ok(0) | Err(_)));
    assert!(program.write(b"x").is_err());
}

#[cfg(feature = "serial")]
mod null_modem {
    use serialtalk::link::Link;
    use serialtalk_hal::null_modem::NullModem;
    use serialtalk_hal::serial::{SerialLink, SerialOptions};

    use super::*;

    fn ends(cable: &NullModem) -> (SerialLink, SerialLink) {
        let options = SerialOptions::default().write_timeout_ms(LONG_MS);
        let open = |path: &str| SerialLink::open(path, options).unwrap();
        let (a, b) = cable.paths();
        (open(a), open(b))
    }

    #[test]
    fn two_ports_are_connected() {
        let cable = NullModem::new().unwrap();
        let (mut a, mut b) = ends(&cable);
        assert_both_ways(&mut a, &mut b);
    }

    #[test]
    fn both_directions_carry_bytes_at_once() {
        let cable = NullModem::new().unwrap();
        let (a, b) = ends(&cable);
        let bytes: Vec<u8> = all_bytes().into_iter().cycle().take(50_000).collect();
        // Each end sends a piece before it reads one, so that both directions are in use.
        let run = |mut end: SerialLink, bytes: Vec<u8>| {
            move || {
                let mut received = Vec::new();
                for piece in bytes.chunks(500) {
                    send(&mut end, piece);
                    received.extend(receive(&mut end, piece.len()));
                }
                received == bytes
            }
        };
        let other = thread::spawn(run(a, bytes.clone()));
        assert!(run(b, bytes)());
        assert!(other.join().unwrap());
    }

    #[test]
    fn a_full_cable_loses_no_bytes() {
        let cable = NullModem::new().unwrap();
        let (a, b) = cable.paths();
        let options = SerialOptions::default().write_timeout_ms(100);
        let open = |path: &str| SerialLink::open(path, options).unwrap();
        let (mut a, mut b) = (open(a), open(b));
        for _ in 0..2 {
            let (sent, error) = fill(&mut a);
            assert!(matches!(error, LinkError::WriteTimeout { .. }));
            assert!(receive(&mut b, sent).iter().all(|byte| *byte == 0x55));
            assert_waits_are_bounded(&mut b);
            core::mem::swap(&mut a, &mut b);
        }
    }

    #[test]
    fn dropping_the_cable_unplugs_both_ports() {
        let cable = NullModem::new().unwrap();
        let (mut a, mut b) = ends(&cable);
        drop(cable);
        for end in [&mut a, &mut b] {
            let path = end.path().to_string();
            assert!(is_unplugged(&receive_outcome(end), &path));
            assert!(is_unplugged(&end.send(b"x"), &path));
        }
    }
}
