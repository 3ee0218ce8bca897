//! The bytes in `spec/checked-link.md`.

extern crate alloc;

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::cobs::{is_stuffed, stuff, unstuff};
use super::crc::{MASK, crc24};
use super::greeting::HELLO_SEED;
use super::segment::{MAX_PAYLOAD, MIN_SEGMENT, seal, unseal};
use super::{Answer, Control, GREETING, Hello, Kind, UNREADABLE, answer_seed, seed, token};

static SPECIFICATION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/checked-link.md"));

/// The cells of the table with this header, without backticks.
pub(crate) fn rows(header: &str) -> Vec<Vec<String>> {
    let header = format!("| {header} |");
    let table = SPECIFICATION.lines().skip_while(|line| *line != header).skip(2);
    let cells =
        |row: &str| row[2..row.len() - 2].split(" | ").map(|cell| cell.trim().replace('`', "")).collect();
    let rows: Vec<Vec<String>> = table.take_while(|line| line.starts_with('|')).map(cells).collect();
    assert!(!rows.is_empty(), "no rows under {header}");
    rows
}

fn bytes(cell: &str) -> Vec<u8> {
    cell.split_whitespace().map(|digits| u8::from_str_radix(digits, 16).unwrap()).collect()
}

pub(crate) fn number(cell: &str) -> u32 {
    u32::from_str_radix(cell, 16).unwrap()
}

/// The constants of the wire, as the specification shows them.
pub(crate) fn constants() -> Vec<(&'static str, String)> {
    // A single bit that was shifted out leaves the polynomial.
    let polynomial = !crc24(&[0], 1 << 16) & MASK;
    let hello = Hello { token: 0, nonce: 0, limit: 0 }.bytes();
    let largest = seal(&mut [0; 300], 3 + MAX_PAYLOAD, Control::new(Kind::Named, 1), 1).unwrap();
    vec![
        ("polynomial", format!("{polynomial:06x}")),
        ("hello seed", format!("{HELLO_SEED:06x}")),
        ("name of the hello", String::from_utf8(GREETING.into()).unwrap()),
        ("version", char::from(hello[11]).into()),
        ("window", format!("{}", hello[23] & 0x3f)),
        ("smallest frame", format!("{} bytes", MIN_SEGMENT + 1)),
        ("largest frame", format!("{largest} bytes")),
        ("largest payload", format!("{MAX_PAYLOAD} bytes")),
    ]
}

#[test]
fn bytes_are_stuffed() {
    for row in rows("bytes | stuffed") {
        let mut frame = [&[0xee], &*bytes(&row[0])].concat();
        stuff(&mut frame);
        assert_eq!(frame, bytes(&row[1]));
        assert!(is_stuffed(&frame));
        unstuff(&mut frame);
        assert_eq!(frame[1..], bytes(&row[0]));
    }
}

#[test]
fn crcs_are_computed() {
    for row in rows("bytes | seed | CRC") {
        assert_eq!(crc24(&bytes(&row[0]), number(&row[1])), number(&row[2]), "{row:?}");
    }
}

#[test]
fn frames_are_sealed_and_opened() {
    for row in rows("seed | kind | number | fields | frame | in words") {
        let (seed, fields, frame) = (number(&row[0]), bytes(&row[3]), bytes(&row[4]));
        let control = Control::of_byte(row[1].parse::<u8>().unwrap() << 4 | row[2].parse::<u8>().unwrap());
        let mut buffer = vec![0; frame.len()];
        buffer[2..2 + fields.len()].copy_from_slice(&fields);
        assert_eq!(seal(&mut buffer, 2 + fields.len(), control, seed), Some(frame.len()));
        assert_eq!(buffer, frame, "{row:?}");
        buffer.pop();
        assert_eq!(unseal(&mut buffer, !seed & MASK), None);
        assert_eq!(unseal(&mut buffer, seed), Some((control, &fields[..])));
        assert_eq!(buffer[2..buffer.len() - 3], fields);
    }
}

#[test]
fn hellos_are_written_and_read() {
    for row in rows("token | nonce | LIMIT | hello") {
        let hello = Hello { token: number(&row[0]), nonce: number(&row[1]), limit: row[2].parse().unwrap() };
        assert_eq!(hello.bytes()[..], bytes(&row[3]), "{row:?}");
        assert_eq!(Hello::read(&hello.bytes()), Some(hello));
    }
}

#[test]
fn answers_are_written_and_read() {
    for row in rows("hello's token | hello's nonce | STATE | nonce | LAST | LIMIT | answer") {
        let seed = answer_seed(number(&row[0]), number(&row[1]));
        let answer = Answer {
            is_same: row[2] == "S",
            nonce: number(&row[3]),
            last: row[4].parse().unwrap(),
            limit: row[5].parse().unwrap(),
        };
        assert_eq!(answer.bytes(seed)[..], bytes(&row[6]), "{row:?}");
        assert_eq!(Answer::read(&answer.bytes(seed), seed), Some(answer));
    }
    let shown: Vec<_> = UNREADABLE.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(SPECIFICATION.contains(&format!("`{}`", shown.join(" "))));
}

#[test]
fn tokens_are_made_of_nonces() {
    for row in rows("nonce | other nonce | token | seed of the first | seed of the second") {
        let nonces = (number(&row[0]), number(&row[1]));
        assert_eq!(token(nonces.0, nonces.1), number(&row[2]), "{row:?}");
        assert_eq!(token(nonces.1, nonces.0), number(&row[2]));
        assert_eq!(seed(number(&row[2]), nonces.0, nonces.1) & MASK, number(&row[3]));
        assert_eq!(seed(number(&row[2]), nonces.1, nonces.0) & MASK, number(&row[4]));
    }
}
