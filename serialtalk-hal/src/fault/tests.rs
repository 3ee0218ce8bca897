use super::*;
use crate::memory::pair;

const TEXT: &[u8] = b"The quick brown fox jumps over the lazy dog. ";

fn text(length: usize) -> Vec<u8> {
    TEXT.iter().copied().cycle().take(length).collect()
}

fn drain(link: &mut impl Link<Error = LinkError>) -> Vec<u8> {
    let mut all = Vec::new();
    let mut buffer = [0; 7];
    loop {
        match link.receive(&mut buffer, 0).unwrap() {
            Received::Bytes(count) => all.extend_from_slice(&buffer[..count]),
            _ => return all,
        }
    }
}

fn sent_through(faults: Faults, bytes: &[u8]) -> (Vec<u8>, FaultCounts) {
    let (a, mut b) = pair();
    let mut a = faults.on(a);
    for piece in bytes.chunks(100) {
        assert_eq!(a.send(piece), Ok(piece.len()));
    }
    (drain(&mut b), a.sent())
}

#[test]
fn without_faults_the_bytes_are_the_same() {
    let bytes = text(3000);
    assert_eq!(sent_through(Faults::seed(7), &bytes), (bytes, FaultCounts::default()));
}

#[test]
fn the_seed_decides() {
    let bytes = text(3000);
    let faults = |seed| Faults::seed(seed).flip(0.01).drop(0.01).duplicate(0.01);
    let first = sent_through(faults(7), &bytes);
    assert_eq!(sent_through(faults(7), &bytes), first);
    assert_ne!(sent_through(faults(8), &bytes).0, first.0);
}

#[test]
fn how_the_writes_are_cut_makes_no_difference() {
    let bytes = text(2000);
    let faults = Faults::seed(1).flip(0.02).drop(0.02).duplicate(0.02);
    let (a, mut b) = pair();
    let mut a = faults.chunk(3).on(a);
    for piece in bytes.chunks(17) {
        assert_eq!(a.send(piece), Ok(piece.len()));
    }
    assert_eq!(drain(&mut b), sent_through(faults, &bytes).0);
}

#[test]
fn a_flip_changes_one_bit() {
    let bytes = text(4000);
    let (received, counts) = sent_through(Faults::seed(3).flip(0.05), &bytes);
    assert_eq!(received.len(), bytes.len());
    let bits = received.iter().zip(&bytes).map(|(a, b)| u64::from((a ^ b).count_ones()));
    assert!(bits.clone().all(|bits| bits < 2));
    assert_eq!(bits.sum::<u64>(), counts.flipped);
    assert!((100..=300).contains(&counts.flipped), "{counts:?}");
}

#[test]
fn one_kind_of_fault_leaves_the_others_where_they_were() {
    let bytes = text(2000);
    let losses = Faults::seed(3).drop(0.05).duplicate(0.05);
    let (alone, counts) = sent_through(losses, &bytes);
    let (flipped, with_flips) = sent_through(losses.flip(0.5), &bytes);
    assert_eq!(FaultCounts { flipped: 0, ..with_flips }, counts);
    let differences = alone.iter().zip(&flipped).filter(|(a, b)| a != b).count() as u64;
    assert!(differences >= with_flips.flipped && differences <= with_flips.flipped + counts.duplicated);
}

#[test]
fn dropped_and_duplicated_bytes_are_counted() {
    let bytes = text(3000);
    let (received, counts) = sent_through(Faults::seed(3).drop(0.05).duplicate(0.1), &bytes);
    assert!(counts.dropped > 0 && counts.duplicated > 0 && counts.flipped == 0, "{counts:?}");
    assert_eq!(received.len() as u64, 3000 - counts.dropped + counts.duplicated);
}

#[test]
fn certain_faults_happen_to_each_byte() {
    assert_eq!(sent_through(Faults::seed(5).drop(1.0), b"abc").0, b"");
    assert_eq!(sent_through(Faults::seed(5).duplicate(1.0), b"abc").0, b"aabbcc");
}

#[test]
fn received_bytes_have_faults_too_unless_spared() {
    let receive = |faults: Faults| {
        let (mut a, b) = pair();
        a.send(b"abc").unwrap();
        drain(&mut faults.on(b))
    };
    let twice = Faults::seed(5).duplicate(1.0);
    assert_eq!(receive(twice), b"aabbcc");
    assert_eq!(receive(twice.sending_only()), b"abc");
    assert_eq!(sent_through(twice.sending_only(), b"abc").0, b"aabbcc");
    assert_eq!(sent_through(twice.receiving_only(), b"abc").0, b"abc");
}

#[test]
fn a_doubled_byte_that_does_not_fit_comes_next_time() {
    let (mut a, b) = pair();
    a.send(b"a").unwrap();
    let mut b = Faults::seed(5).duplicate(1.0).on(b);
    let mut byte = [0];
    assert_eq!(b.receive(&mut byte, 0), Ok(Received::Bytes(1)));
    assert_eq!(b.receive(&mut byte, 0), Ok(Received::Bytes(1)));
    assert_eq!(b.receive(&mut byte, 0), Ok(Received::Nothing));
}

#[test]
fn chunks_are_short_and_of_different_lengths() {
    let (mut a, b) = pair();
    a.send(&text(1000)).unwrap();
    let mut b = Faults::seed(5).chunk(4).on(b);
    let mut buffer = [0; 64];
    let mut seen = [0; 5];
    while let Received::Bytes(count) = b.receive(&mut buffer, 0).unwrap() {
        seen[count] += 1;
    }
    assert!(seen[1..].iter().all(|count| *count > 20), "{seen:?}");
}

#[test]
fn the_cut_comes_after_so_many_bytes_either_way() {
    let (mut a, b) = pair();
    let mut b = Faults::seed(5).cut_after(10).on(b);
    let gone = LinkError::Unplugged { port: "cut link".into() };
    a.send(b"123456").unwrap();
    assert_eq!(drain(&mut b), b"123456");
    assert_eq!(b.send(b"abcdef"), Ok(4));
    assert_eq!(drain(&mut a), b"abcd");
    assert_eq!(b.send(b"ef"), Err(gone.clone()));
    assert_eq!(b.receive(&mut [0; 8], 60_000), Err(gone.clone()));
    assert_eq!(b.flush(), Err(gone));
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn an_async_link_gets_the_same_faults() {
    use embedded_io_async::{Read, Write};
    let bytes = text(2000);
    let faults = Faults::seed(9).flip(0.02).drop(0.02).duplicate(0.02).chunk(5);
    let (a, mut b) = pair();
    let mut a = faults.on(a);
    for piece in bytes.chunks(50) {
        assert_eq!(a.write(piece).await, Ok(piece.len()));
    }
    assert_eq!(drain(&mut b), sent_through(faults, &bytes).0);
    assert_eq!(b.send(b"back"), Ok(4));
    let mut all = Vec::new();
    let mut buffer = [0; 8];
    drop(b);
    loop {
        match a.read(&mut buffer).await.unwrap() {
            0 => break,
            count => all.extend_from_slice(&buffer[..count]),
        }
    }
    assert!(all.len().abs_diff(4) <= 4, "{all:?}");
    let mut cut = Faults::seed(9).cut_after(0).on(a);
    assert!(matches!(cut.write(b"x").await, Err(LinkError::Unplugged { .. })));
    assert!(matches!(cut.read(&mut buffer).await, Err(LinkError::Unplugged { .. })));
}
