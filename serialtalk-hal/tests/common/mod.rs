//! Functions that the tests of the links share.
#![allow(dead_code, reason = "each test file uses a part")]

#[cfg(unix)]
pub(crate) mod alias;
#[cfg(feature = "tcp")]
pub(crate) mod tcp;

use core::time::Duration;
use std::time::Instant;

use serialtalk::link::{Link, Received};
use serialtalk_hal::LinkError;

/// A timeout that no working link reaches.
pub(crate) const LONG_MS: u32 = 30_000;

/// Every byte; control characters twice.
pub(crate) fn all_bytes() -> Vec<u8> {
    (0..=255).chain(b"\r\n\x03\x04\x11\x13\x1a\x7f".iter().copied()).collect()
}

pub(crate) fn send(link: &mut impl Link<Error = LinkError>, bytes: &[u8]) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let count = link.send(rest).unwrap();
        rest = &rest[count..];
    }
    link.flush().unwrap();
}

/// Reads exactly `count` bytes.
pub(crate) fn receive(link: &mut impl Link<Error = LinkError>, count: usize) -> Vec<u8> {
    let start = Instant::now();
    let mut bytes = vec![0; count];
    let mut done = 0;
    while done < count {
        match link.receive(&mut bytes[done..], LONG_MS).unwrap() {
            Received::Bytes(more) => done += more,
            Received::Nothing => {
                assert!(start.elapsed() < Duration::from_millis(LONG_MS.into()), "{done} of {count}")
            }
            Received::Closed => panic!("closed after {done} of {count}"),
        }
    }
    bytes
}

/// Sends every byte in each direction and compares what arrives.
pub(crate) fn assert_both_ways(a: &mut impl Link<Error = LinkError>, b: &mut impl Link<Error = LinkError>) {
    let bytes = all_bytes();
    send(a, &bytes);
    assert_eq!(receive(b, bytes.len()), bytes);
    send(b, &bytes);
    assert_eq!(receive(a, bytes.len()), bytes);
}

/// Asserts that reads without input end in time, with and without a wait.
pub(crate) fn assert_waits_are_bounded(link: &mut impl Link<Error = LinkError>) {
    let mut buffer = [0; 16];
    for wait_ms in [0, 1, 20, 70, 20, 0] {
        let start = Instant::now();
        assert_eq!(link.receive(&mut buffer, wait_ms), Ok(Received::Nothing), "{wait_ms}");
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "waited {:?} instead of {wait_ms} ms",
            start.elapsed()
        );
    }
    assert_waits_do_not_spin(link);
}

/// Asserts that a read blocks while it waits, instead of returning at once.
fn assert_waits_do_not_spin(link: &mut impl Link<Error = LinkError>) {
    let start = Instant::now();
    let mut reads = 0;
    while start.elapsed() < Duration::from_millis(200) {
        assert_eq!(link.receive(&mut [0; 16], 100), Ok(Received::Nothing));
        reads += 1;
    }
    assert!(reads < 20, "{reads} reads in 200 ms");
}

/// Reads until the outcome is not `Nothing`: a read that waits may end early.
pub(crate) fn receive_outcome(link: &mut impl Link<Error = LinkError>) -> Result<Received, LinkError> {
    let start = Instant::now();
    loop {
        match link.receive(&mut [0; 16], LONG_MS) {
            Ok(Received::Nothing) => {
                assert!(start.elapsed() < Duration::from_millis(LONG_MS.into()), "hangs")
            }
            outcome => return outcome,
        }
    }
}

/// Sends until the link is full, and returns the number of sent bytes and the error.
pub(crate) fn fill(link: &mut impl Link<Error = LinkError>) -> (usize, LinkError) {
    let mut sent = 0;
    loop {
        match link.send(&[0x55; 1024]) {
            Ok(count) => sent += count,
            Err(error) => return (sent, error),
        }
    }
}

pub(crate) fn is_unplugged<T>(outcome: &Result<T, LinkError>, name: &str) -> bool {
    matches!(outcome, Err(LinkError::Unplugged { port }) if port == name)
}
