use std::thread;
use std::time::Instant;

use super::*;

fn receive(link: &mut MemoryLink, wait_ms: u32) -> Vec<u8> {
    let mut buffer = [0; 64];
    match link.receive(&mut buffer, wait_ms).unwrap() {
        Received::Bytes(count) => buffer[..count].to_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn bytes_cross_both_ways() {
    let (mut a, mut b) = pair();
    assert_eq!(a.send(b"to b"), Ok(4));
    assert_eq!(b.send(b"to a"), Ok(4));
    assert_eq!(receive(&mut b, 0), b"to b");
    assert_eq!(receive(&mut a, 0), b"to a");
    assert_eq!(a.receive(&mut [0; 8], 0), Ok(Received::Nothing));
}

#[test]
fn a_read_that_waits_ends_with_the_first_byte() {
    let (mut a, mut b) = pair();
    let reader = thread::spawn(move || receive(&mut b, 60_000));
    a.send(b"x").unwrap();
    assert_eq!(reader.join().unwrap(), b"x");
}

#[test]
fn a_read_waits_no_longer_than_told() {
    let (mut a, _b) = pair();
    let start = Instant::now();
    assert_eq!(a.receive(&mut [0; 8], 20), Ok(Received::Nothing));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_dropped_end_closes_the_link_after_its_last_byte() {
    let (mut a, mut b) = pair();
    a.send(b"last").unwrap();
    drop(a);
    assert_eq!(receive(&mut b, 0), b"last");
    assert_eq!(b.receive(&mut [0; 8], 60_000), Ok(Received::Closed));
    assert_eq!(b.send(b"x"), Err(LinkError::Unplugged { port: NAME.into() }));
}

#[test]
fn dropping_an_end_wakes_a_read_that_waits() {
    let (a, mut b) = pair();
    let reader = thread::spawn(move || b.receive(&mut [0; 8], 60_000));
    drop(a);
    assert_eq!(reader.join().unwrap(), Ok(Received::Closed));
}

#[test]
fn a_full_link_takes_what_fits_and_then_nothing_in_time() {
    let (mut a, mut b) = pair();
    a.set_write_timeout_ms(10);
    assert_eq!(a.send(&[7; CAPACITY + 1]), Ok(CAPACITY));
    assert_eq!(a.send(b"x"), Err(LinkError::WriteTimeout { port: NAME.into(), ms: 10 }));
    assert_eq!(receive(&mut b, 0).len(), 64);
    assert_eq!(a.send(&[7; CAPACITY]), Ok(64));
}

#[test]
fn much_goes_through_a_small_buffer_in_order() {
    let (mut a, mut b) = pair();
    a.set_write_timeout_ms(60_000);
    let sent: Vec<u8> = (0..100_000_u32).map(|i| (i % 251) as u8).collect();
    let expected = sent.clone();
    let writer = thread::spawn(move || {
        let mut rest = sent.as_slice();
        while !rest.is_empty() {
            let count = a.send(rest).unwrap();
            rest = &rest[count..];
        }
    });
    let mut received = Vec::new();
    let mut buffer = [0; 1000];
    while let Received::Bytes(count) = b.receive(&mut buffer, 60_000).unwrap() {
        received.extend_from_slice(&buffer[..count]);
    }
    writer.join().unwrap();
    assert!(received == expected, "{} of {} bytes, or out of order", received.len(), expected.len());
}

#[cfg(feature = "tokio")]
mod with_tokio {
    use embedded_io_async::{Read, Write};

    use super::*;

    #[tokio::test]
    async fn a_blocking_end_talks_to_an_async_one() {
        let (mut board, mut host) = pair();
        let echo = thread::spawn(move || {
            let mut buffer = [0; 64];
            while let Received::Bytes(count) = board.receive(&mut buffer, 60_000).unwrap() {
                board.send(&buffer[..count]).unwrap();
            }
        });
        let mut buffer = [0; 64];
        for round in 0..100_u8 {
            assert_eq!(host.write(&[round; 3]).await, Ok(3));
            host.read_exact(&mut buffer[..3]).await.unwrap();
            assert_eq!(&buffer[..3], [round; 3]);
        }
        drop(host);
        echo.join().unwrap();
    }

    #[tokio::test]
    async fn a_dropped_end_is_the_end_of_the_input_and_an_error_to_a_write() {
        let (a, mut b) = pair();
        let task = tokio::spawn(async move { (b.read(&mut [0; 8]).await, b) });
        tokio::task::yield_now().await;
        drop(a);
        let (end, mut b) = task.await.unwrap();
        assert_eq!(end, Ok(0));
        assert_eq!(b.write(b"x").await, Err(LinkError::Unplugged { port: NAME.into() }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_waits_for_room_but_not_for_ever() {
        let (mut a, mut b) = pair();
        assert_eq!(a.write(&[7; CAPACITY]).await, Ok(CAPACITY));
        assert_eq!(a.write(b"x").await, Err(LinkError::WriteTimeout { port: NAME.into(), ms: 1000 }));
        let start = tokio::time::Instant::now();
        let writer = tokio::spawn(async move { a.write(b"xy").await });
        tokio::task::yield_now().await;
        assert_eq!(Read::read(&mut b, &mut [0; 1]).await, Ok(1));
        assert_eq!(writer.await.unwrap(), Ok(1));
        assert_eq!(start.elapsed(), Duration::ZERO, "the read must wake the write, not the time-out");
    }

    #[tokio::test]
    async fn a_dropped_read_loses_nothing() {
        let (mut a, mut b) = pair();
        let mut buffer = [0; 8];
        assert!(tokio::time::timeout(Duration::ZERO, b.read(&mut buffer)).await.is_err());
        a.write(b"kept").await.unwrap();
        assert_eq!(b.read(&mut buffer).await, Ok(4));
        assert_eq!(&buffer[..4], b"kept");
    }
}
