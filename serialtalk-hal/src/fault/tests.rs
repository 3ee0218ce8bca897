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
    let mut received = Vec::new();
    for piece in bytes.chunks(100) {
        assert_eq!(a.send(piece), Ok(piece.len()));
        received.extend(drain(&mut b));
    }
    (received, a.sent())
}

#[test]
fn without_faults_the_bytes_are_the_same() {
    let bytes = text(3000);
    assert_eq!(sent_through(Faults::seed(7), &bytes), (bytes, FaultCounts::default()));
}

#[test]
fn the_seed_decides() {
    let bytes = text(3000);
    let faults = |seed| Faults::seed(seed).flip_per_bit(0.002).drop_per_byte(0.01).repeat_per_byte(0.01);
    let first = sent_through(faults(7), &bytes);
    assert_eq!(sent_through(faults(7), &bytes), first);
    assert_ne!(sent_through(faults(8), &bytes).0, first.0);
}

#[test]
fn how_the_writes_are_cut_makes_no_difference() {
    let bytes = text(2000);
    let faults = Faults::seed(1).flip_per_bit(0.003).drop_per_byte(0.02).repeat_per_byte(0.02);
    let (a, mut b) = pair();
    let mut a = faults.chunk(3).on(a);
    for piece in bytes.chunks(17) {
        assert_eq!(a.send(piece), Ok(piece.len()));
    }
    assert_eq!(drain(&mut b), sent_through(faults, &bytes).0);
}

#[test]
fn bits_flip_at_the_rate_of_each_bit() {
    let bytes = text(40_000);
    let (received, counts) = sent_through(Faults::seed(3).flip_per_bit(0.01), &bytes);
    assert_eq!(received.len(), bytes.len());
    let flipped = |bit: u32| received.iter().zip(&bytes).filter(|(a, b)| (**a ^ **b) >> bit & 1 == 1).count();
    let each: Vec<_> = (0..8).map(flipped).collect();
    // 400 expected of each, with a standard deviation of 20.
    assert!(each.iter().all(|count| (300..=500).contains(count)), "{each:?}");
    assert_eq!(each.iter().sum::<usize>() as u64, counts.flipped_bits);
}

#[test]
fn one_kind_of_fault_leaves_the_others_where_they_were() {
    let bytes = text(2000);
    let losses = Faults::seed(3).drop_per_byte(0.05).repeat_per_byte(0.05).loss_burst_per_byte(0.01, 9);
    let (alone, counts) = sent_through(losses, &bytes);
    let (flipped, with_flips) = sent_through(losses.flip_per_bit(0.05), &bytes);
    assert!(counts.lost_bytes > 0 && counts.repeated_bytes > 0 && with_flips.flipped_bits > 0);
    assert_eq!(FaultCounts { flipped_bits: 0, ..with_flips }, counts);
    assert_eq!(alone.len(), flipped.len());
}

#[test]
fn dropped_and_repeated_bytes_are_counted() {
    let bytes = text(3000);
    let (received, counts) = sent_through(Faults::seed(3).drop_per_byte(0.05).repeat_per_byte(0.1), &bytes);
    assert!((100..=200).contains(&counts.lost_bytes), "{counts:?}");
    assert!((200..=400).contains(&counts.repeated_bytes), "{counts:?}");
    assert_eq!(received.len() as u64, 3000 - counts.lost_bytes + counts.repeated_bytes);
}

#[test]
fn certain_faults_happen_to_each_byte() {
    assert_eq!(sent_through(Faults::seed(5).drop_per_byte(1.0), b"abc").0, b"");
    assert_eq!(sent_through(Faults::seed(5).repeat_per_byte(1.0), b"abc").0, b"aabbcc");
    assert_eq!(sent_through(Faults::seed(5).flip_per_bit(1.0), b"\x00\x0f").0, b"\xff\xf0");
}

/// The lengths of the stretches of bytes for which `differs` holds.
fn stretches(differs: impl IntoIterator<Item = bool>) -> Vec<usize> {
    let mut lengths = vec![0];
    for differs in differs {
        match lengths.last_mut() {
            Some(length) if differs => *length += 1,
            Some(0) => {}
            _ => lengths.push(0),
        }
    }
    lengths.retain(|length| *length > 0);
    lengths
}

#[test]
fn noise_comes_in_bursts_of_every_length_up_to_the_longest() {
    let bytes = vec![0x55; 60_000];
    let (received, counts) = sent_through(Faults::seed(4).noise_burst_per_byte(1e-3, 6), &bytes);
    assert_eq!(received.len(), bytes.len());
    let lengths = stretches(received.iter().map(|byte| *byte != 0x55));
    // A byte of noise in 256 is right by chance, and divides its burst.
    assert!((1..=6).all(|length| lengths.contains(&length)), "{lengths:?}");
    let damaged = lengths.iter().sum::<usize>() as u64;
    assert!(damaged <= counts.noise_bytes && damaged > counts.noise_bytes * 9 / 10, "{damaged} {counts:?}");
}

#[test]
fn losses_come_in_bursts_of_every_length_up_to_the_longest() {
    let numbers: Vec<u8> = (0..=250).cycle().take(60_000).collect();
    let (received, counts) = sent_through(Faults::seed(4).loss_burst_per_byte(1e-3, 6), &numbers);
    assert_eq!(received.len() as u64, 60_000 - counts.lost_bytes);
    let gap = |pair: &[u8]| (u32::from(pair[1]) + 251 - u32::from(pair[0])) % 251 - 1;
    let gaps: Vec<_> = received.windows(2).map(gap).filter(|gap| *gap > 0).collect();
    assert!((1..=6).all(|length| gaps.contains(&length)), "{gaps:?}");
}

#[test]
fn a_burst_of_repeats_brings_the_last_bytes_once_more_in_their_order() {
    let numbers: Vec<u8> = (0..=250).cycle().take(60_000).collect();
    let (received, counts) = sent_through(Faults::seed(4).repeat_burst_per_byte(1e-3, 6), &numbers);
    assert_eq!(received.len() as u64, 60_000 + counts.repeated_bytes);
    let step_back = |pair: &[u8]| (u32::from(pair[0]) + 251 - u32::from(pair[1])) % 251 + 1;
    let back: Vec<_> = received.windows(2).map(step_back).filter(|back| *back != 251).collect();
    assert!((1..=6).all(|length| back.contains(&length)), "{back:?}");
    assert_eq!(back.iter().map(|back| u64::from(*back)).sum::<u64>(), counts.repeated_bytes);
}

#[test]
fn received_bytes_have_faults_too_unless_spared() {
    let receive = |faults: Faults| {
        let (mut a, b) = pair();
        a.send(b"abc").unwrap();
        drain(&mut faults.on(b))
    };
    let twice = Faults::seed(5).repeat_per_byte(1.0);
    assert_eq!(receive(twice), b"aabbcc");
    assert_eq!(receive(twice.sending_only()), b"abc");
    assert_eq!(sent_through(twice.sending_only(), b"abc").0, b"aabbcc");
    assert_eq!(sent_through(twice.receiving_only(), b"abc").0, b"abc");
}

#[test]
fn a_doubled_byte_that_does_not_fit_comes_next_time() {
    let (mut a, b) = pair();
    a.send(b"a").unwrap();
    let mut b = Faults::seed(5).repeat_per_byte(1.0).on(b);
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
    let faults = Faults::seed(9).flip_per_bit(0.003).drop_per_byte(0.02).repeat_per_byte(0.02).chunk(5);
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
