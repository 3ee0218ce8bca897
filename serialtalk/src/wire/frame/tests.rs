//! Frames are found in bytes that arrive in any chunks, after any noise.

extern crate alloc;

mod collector;

use alloc::vec;
use alloc::vec::Vec;

use collector::{Collector, Event, decode, expected, frame};
use proptest::prelude::*;

/// Frames of every kind, as peers send them.
const GOLDEN: &[&[u8]] = &[
    b"<\x04\x01x\x01z>",
    b"<\x10\x04mult\x02ff\x00\x00\xc0?\x00\x00\x00@>",
    b"<\x0e\x07multack\x01f\x00\x00@@>",
    b"<\x08\x07noneack>",
    b"<\x09\x07noneack\x00>",
    b"<\x02\x00\x05>",
    b"<\x05\x01x>\x05>>",
    b"<\x04\x01x<\x05>",
    b"<\x0f\x01x<<<<>>>>\x04\x01y\x01z>",
    b"<\x11\x04echo\x04repr(1,'a')>",
    b"<\x18\x0bnonereprack\x04repr(None,)>",
    b"<\x03\x01x\x00>",
    b"<\x02\x01x>",
    b"<\x01\x00>",
];

#[test]
fn every_golden_frame_is_found_whole() {
    for golden in GOLDEN {
        let events = decode::<258>(&[golden]);
        assert!(matches!(events.as_slice(), [Event::Frame { .. }]), "{golden:?}: {events:?}");
        assert_eq!(events[0].bytes(), *golden);
    }
}

#[test]
fn every_split_yields_the_same_frame() {
    for golden in GOLDEN {
        let whole = decode::<258>(&[golden]);
        let by_bytes: Vec<_> = golden.chunks(1).collect();
        assert_eq!(decode::<258>(&by_bytes), whole);
        for first in 0..=golden.len() {
            for second in first..=golden.len() {
                let chunks = [&golden[..first], &golden[first..second], &golden[second..]];
                assert_eq!(decode::<258>(&chunks), whole, "{golden:?} at {first} and {second}");
            }
        }
    }
}

#[test]
fn noise_before_between_and_after_frames_is_skipped() {
    let noise: [&[u8]; 8] = [
        b"boot: \xff\x00\r\n",
        b"<",
        b"<<<",
        b">>>",
        b"<\x00",
        b"<\x03\x03<\x02",
        b"Traceback <module>\n",
        b"raw REPL; CTRL-B to exit\r\n>",
    ];
    for before in noise {
        for between in noise {
            for after in noise {
                let stream = [before, GOLDEN[1], between, GOLDEN[2], after].concat();
                let events = decode::<258>(&[&stream]);
                assert_eq!(events, expected(&stream));
                let frames: Vec<_> =
                    events.iter().filter(|event| matches!(event, Event::Frame { .. })).collect();
                assert_eq!(frames.len(), 2, "{stream:?}");
                assert_eq!(frames[0].bytes(), GOLDEN[1]);
                assert_eq!(frames[1].bytes(), GOLDEN[2]);
            }
        }
    }
}

#[test]
fn a_truncated_frame_yields_nothing_and_hides_nothing() {
    for golden in GOLDEN {
        for length in 0..golden.len() {
            let mut collector = Collector::<258>::new();
            collector.push(&golden[..length]);
            assert!(collector.frames().is_empty());
            collector.expire();
            let found = collector.frames();
            collector.push(GOLDEN[1]);
            collector.expire();
            let mut frames = collector.frames();
            assert_eq!(frames.pop().as_deref(), Some(GOLDEN[1]), "{golden:?} cut to {length}");
            assert_eq!(frames, found);
            let all: Vec<_> = collector.events.iter().flat_map(Event::bytes).collect();
            assert_eq!(all, [&golden[..length], GOLDEN[1]].concat());
        }
    }
}

#[test]
fn after_any_changed_byte_the_next_frame_is_found() {
    let next = GOLDEN[1];
    for golden in GOLDEN {
        for place in 0..golden.len() {
            for value in 0..=255 {
                let mut stream = golden.to_vec();
                stream[place] = value;
                stream.extend_from_slice(next);
                let events = decode::<258>(&[&stream]);
                assert_eq!(events, expected(&stream));
                // Without a checksum one change is invisible: a length that reaches to the end of the next frame.
                let covers = place == 1 && usize::from(value) + 3 == golden.len() + next.len();
                let is_last = events.last().is_some_and(|last| last.bytes() == next);
                assert_eq!(is_last, !covers, "{golden:?} with {value} at {place}: {events:?}");
            }
        }
    }
}

#[test]
fn a_frame_covered_by_a_damaged_length_is_found_at_once() {
    let mut collector = Collector::<258>::new();
    // The length is wrong: what it covers does not end with `>`.
    collector.push(b"<\x20\x04mult");
    collector.push(GOLDEN[1]);
    assert!(collector.frames().is_empty(), "the rest of a frame of 35 bytes may still come");
    collector.push(b"0123456789");
    assert_eq!(collector.frames(), [GOLDEN[1]]);
    assert_eq!(collector.events[0], Event::Stray(b"<\x20\x04mult".to_vec()));
}

#[test]
fn a_frame_covered_by_a_stalled_one_is_found_when_that_expires() {
    let mut collector = Collector::<258>::new();
    collector.push(b"<\xff\x04mult");
    collector.push(GOLDEN[1]);
    collector.push(GOLDEN[2]);
    assert!(collector.frames().is_empty() && collector.decoder.is_partial());
    collector.expire();
    assert_eq!(collector.frames(), [GOLDEN[1], GOLDEN[2]]);
    assert!(!collector.decoder.is_partial());
}

#[test]
fn stalled_frames_inside_stalled_frames_all_expire() {
    let events = decode::<258>(&[b"<\xf0\x01<\xf1\x01<\xf2\x01", GOLDEN[0], b"<\xf3"]);
    assert_eq!(events[0], Event::Stray(b"<\xf0\x01<\xf1\x01<\xf2\x01".to_vec()));
    assert_eq!(events[1].bytes(), GOLDEN[0]);
    assert_eq!(events[2], Event::Stray(b"<\xf3".to_vec()));
}

#[test]
fn bytes_that_start_no_frame_are_known_early() {
    let mut collector = Collector::<258>::new();
    for (chunk, partial) in [
        (&b"<"[..], true),
        (b"\x00", true),
        (b"\x00", false),
        (b"<\x05", true),
        (b"\x05", false),
        (b"<\x01\x00", true),
        (b"!", false),
        (b"no start", false),
    ] {
        collector.push(chunk);
        assert_eq!(collector.decoder.is_partial(), partial, "after {chunk:?}");
    }
    assert!(collector.frames().is_empty());
}

#[test]
fn clearing_hands_over_partial_frames() {
    let mut collector = Collector::<258>::new();
    collector.push(b"<\x20\x04mult");
    let mut stray = vec![];
    collector.decoder.clear(|byte| stray.push(byte));
    assert_eq!(stray, b"<\x20\x04mult");
    assert!(!collector.decoder.is_partial());
    collector.push(GOLDEN[0]);
    assert_eq!(collector.frames(), [GOLDEN[0]]);
}

#[test]
fn a_link_that_reports_too_many_bytes_loses_them() {
    for count in [259, 300, usize::MAX] {
        let mut collector = Collector::<258>::new();
        collector.push(b"<\x20\x04mult");
        collector.decoder.commit(count);
        collector.take_all(false);
        assert!(collector.decoder.recv_buf().len() > 200);
        collector.push(GOLDEN[0]);
        collector.expire();
        assert_eq!(collector.frames(), [GOLDEN[0]], "{count}");
    }
}

#[test]
fn frames_that_arrive_at_once_are_found_one_by_one() {
    let stream = GOLDEN.concat();
    let mut collector = Collector::<258>::new();
    for frame in GOLDEN {
        collector.push(&frame[..frame.len() - 1]);
        collector.push(&frame[frame.len() - 1..]);
    }
    assert_eq!(collector.frames(), GOLDEN);
    assert_eq!(decode::<258>(&[&stream]), collector.events);
}

#[test]
fn the_largest_frame_fits() {
    let largest = frame(b"x", &[b'<'; 253]);
    assert_eq!(largest.len(), 258);
    for chunk in [1, 7, 257, 258] {
        let chunks: Vec<_> = largest.chunks(chunk).collect();
        assert_eq!(decode::<258>(&chunks).iter().map(Event::bytes).collect::<Vec<_>>(), [largest.as_slice()]);
    }
    let name_only = frame(&[b'n'; 254], b"");
    assert_eq!(name_only.len(), 258);
    assert_eq!(decode::<258>(&[&name_only])[0].bytes(), name_only);
}

#[test]
fn the_buffer_never_stays_full() {
    // Frames that end exactly where the buffer does, and noise that fills it.
    let full = frame(b"x", &[7; 27]);
    assert_eq!(full.len(), 32);
    let stream: Vec<u8> = [b"\xff".as_slice(), &full, b"\xff", &full, &full, &[b'>'; 100], &full].concat();
    for chunk in 1..=stream.len() {
        let chunks: Vec<_> = stream.chunks(chunk).collect();
        let frames: Vec<_> = decode::<32>(&chunks)
            .into_iter()
            .filter(|event| matches!(event, Event::Frame { .. }))
            .map(|event| event.bytes())
            .collect();
        assert_eq!(frames, [full.as_slice(); 4], "in chunks of {chunk}");
    }
}

fn larger_than_the_buffer<const N: usize>() {
    for length in [N - 3, N - 2, N - 1, 100, 254, 255] {
        let length = length.min(255);
        let large = frame(b"name", &vec![b'q'; length - 5]);
        let stream = [b"..", large.as_slice(), GOLDEN[0]].concat();
        for chunk in 1..=stream.len() {
            let chunks: Vec<_> = stream.chunks(chunk).collect();
            let size = length + 3;
            let second = if size <= N {
                Event::Frame { name: b"name".to_vec(), payload: vec![b'q'; length - 5] }
            } else {
                Event::TooLarge { name: b"name".to_vec(), size }
            };
            let third = Event::Frame { name: b"x".to_vec(), payload: b"\x01z".to_vec() };
            assert_eq!(decode::<N>(&chunks), [Event::Stray(b"..".to_vec()), second, third]);
        }
    }
}

#[test]
fn the_name_of_a_frame_larger_than_the_buffer_is_kept() {
    larger_than_the_buffer::<32>();
    larger_than_the_buffer::<33>();
    larger_than_the_buffer::<64>();
    larger_than_the_buffer::<257>();
}

#[test]
fn the_payload_of_a_large_frame_is_never_taken_for_a_frame() {
    for name in [1, 27, 28, 29, 40, 200] {
        let payload = GOLDEN[0].repeat((254 - name) / GOLDEN[0].len());
        let large = frame(&vec![b'n'; name], &payload);
        for chunk in 1..=large.len() {
            let chunks: Vec<_> = large.chunks(chunk).collect();
            // Only the start is kept of a name that does not fit.
            let name = vec![b'n'; name.min(28)];
            assert_eq!(decode::<32>(&chunks), [Event::TooLarge { name, size: large.len() }]);
        }
    }
}

#[test]
fn a_large_frame_that_ends_wrong_or_not_at_all_does_not_stop_the_next() {
    let mut wrong = frame(b"name", &[b'q'; 100]);
    *wrong.last_mut().unwrap() = b'!';
    let stream = [wrong.as_slice(), GOLDEN[0]].concat();
    for chunk in 1..=stream.len() {
        let chunks: Vec<_> = stream.chunks(chunk).collect();
        let events = decode::<32>(&chunks);
        assert_eq!(events.last().map(Event::bytes).as_deref(), Some(GOLDEN[0]));
        assert_eq!(events.len(), 2);
    }
    let mut collector = Collector::<32>::new();
    collector.push(&wrong[..50]);
    collector.expire();
    collector.push(GOLDEN[0]);
    assert_eq!(collector.frames(), [GOLDEN[0]]);
}

#[test]
fn what_was_on_either_side_of_dropped_bytes_is_no_frame() {
    // Its name begins a frame, which bytes from behind the dropped ones would end.
    let mut wrong = frame(b"<\x09\x01x", &[&[b'q'; 60][..], &[b'>'; 40]].concat());
    *wrong.last_mut().unwrap() = b'!';
    let stream = [wrong.as_slice(), GOLDEN[0]].concat();
    for chunk in 1..=stream.len() {
        let chunks: Vec<_> = stream.chunks(chunk).collect();
        let events = decode::<32>(&chunks);
        let frames = events.iter().filter(|event| matches!(event, Event::Frame { .. })).map(Event::bytes);
        assert_eq!(frames.collect::<Vec<_>>(), [GOLDEN[0]], "in chunks of {chunk}");
    }
}

#[test]
fn unwanted_frames_make_room_behind_wanted_ones() {
    let (wanted, unwanted) = (frame(b"led", b"\x01z"), frame(b"ledack", b"\0"));
    let mut collector = Collector::<64>::new();
    collector.receive(&[&wanted[..], b"??", &unwanted, &wanted, &unwanted, &unwanted[..4]].concat());
    for _ in 0..100 {
        collector.retain(false, |name| name == b"led");
        assert_eq!(collector.receive(&[&unwanted[4..], &unwanted, &unwanted[..4]].concat()), 22);
    }
    collector.retain(false, |name| name == b"led");
    assert_eq!(collector.decoder.recv_buf().len(), 64 - 2 * wanted.len() - 4);
    assert_eq!(collector.events, [Event::Stray(b"??".to_vec())]);
    collector.take_all(false);
    collector.push(&unwanted[4..]);
    assert_eq!(collector.frames(), [wanted.clone(), wanted, unwanted]);
}

#[test]
fn a_wanted_frame_larger_than_the_buffer_stays_whole() {
    let (large, unwanted) = (frame(b"name", &[b'q'; 100]), frame(b"ledack", b"\0"));
    for chunk in 1..=32 {
        let mut collector = Collector::<32>::new();
        for part in [large.as_slice(), &unwanted, &unwanted].concat().chunks(chunk) {
            let mut part = part;
            while !part.is_empty() {
                part = &part[collector.receive(part)..];
                collector.retain(false, |name| name == b"name");
            }
        }
        collector.expire();
        let events = [Event::TooLarge { name: b"name".to_vec(), size: large.len() }];
        assert_eq!(collector.events, events, "in chunks of {chunk}");
    }
}

/// Bytes in which frames, pieces of frames and noise are common.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![Just(b'<'), Just(b'>'), 0u8..6, any::<u8>()];
    let noise = proptest::collection::vec(byte, 0..20);
    let good = (proptest::collection::vec(any::<u8>(), 0..8), noise.clone())
        .prop_map(|(name, payload)| frame(&name, &payload));
    let large = (0usize..60, any::<u8>(), 60usize..190)
        .prop_map(|(name, byte, payload)| frame(&vec![b'n'; name], &vec![byte; payload]));
    let cut = (good.clone(), any::<proptest::sample::Index>())
        .prop_map(|(frame, at)| frame[..at.index(frame.len())].to_vec());
    let piece = prop_oneof![3 => good, 1 => large, 2 => cut, 3 => noise];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn chunked<'a>(bytes: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let mut rest = bytes;
    let mut chunks = vec![];
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (chunk, after) = rest.split_at((*size).min(rest.len()));
        chunks.push(chunk);
        rest = after;
    }
    chunks
}

/// What a program does between two reads.
#[derive(Debug, Clone, Copy)]
enum Step {
    Nothing,
    Take,
    Retain,
}

/// The wanted frames that are taken, and the bytes outside frames, if unwanted ones are dropped now and then.
fn retained<const N: usize>(bytes: &[u8], steps: &[(usize, Step)]) -> (Vec<Event>, Vec<u8>) {
    let mut collector = Collector::<N>::new();
    let mut rest = bytes;
    for (size, step) in steps.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        rest = &rest[collector.receive(&rest[..(*size).min(rest.len())])..];
        match step {
            Step::Nothing => {}
            Step::Take => drop(collector.take(false)),
            Step::Retain => collector.retain(false, is_wanted),
        }
        if collector.decoder.recv_buf().is_empty() {
            collector.take(false);
        }
    }
    collector.retain(true, is_wanted);
    collector.expire();
    wanted(collector.events)
}

fn is_wanted(name: &[u8]) -> bool {
    name.len().is_multiple_of(2)
}

fn wanted(events: Vec<Event>) -> (Vec<Event>, Vec<u8>) {
    let mut stray = vec![];
    let mut frames = events;
    frames.retain(|event| match event {
        Event::Frame { name, .. } | Event::TooLarge { name, .. } => is_wanted(name),
        Event::Stray(bytes) => {
            stray.extend_from_slice(bytes);
            false
        }
    });
    (frames, stray)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_byte_is_lost_and_chunks_make_no_difference(
        bytes in stream(),
        sizes in proptest::collection::vec(1usize..40, 1..6),
    ) {
        let events = decode::<258>(&chunked(&bytes, &sizes));
        let all: Vec<_> = events.iter().flat_map(Event::bytes).collect();
        prop_assert_eq!(&all, &bytes);
        prop_assert_eq!(events, expected(&bytes));
    }

    #[test]
    fn small_buffers_find_the_same_in_any_chunks(
        bytes in stream(),
        sizes in proptest::collection::vec(1usize..40, 1..6),
    ) {
        prop_assert_eq!(decode::<32>(&chunked(&bytes, &sizes)), decode::<32>(&[&bytes]));
        prop_assert_eq!(decode::<64>(&chunked(&bytes, &sizes)), decode::<64>(&[&bytes]));
    }

    #[test]
    fn dropping_unwanted_frames_loses_no_other_and_changes_no_order(
        bytes in stream(),
        steps in proptest::collection::vec(
            (1usize..40, prop_oneof![Just(Step::Nothing), Just(Step::Take), Just(Step::Retain)]),
            1..12,
        ),
    ) {
        prop_assert_eq!(retained::<32>(&bytes, &steps), wanted(decode::<32>(&[&bytes])));
        prop_assert_eq!(retained::<64>(&bytes, &steps), wanted(decode::<64>(&[&bytes])));
        prop_assert_eq!(retained::<258>(&bytes, &steps), wanted(decode::<258>(&[&bytes])));
    }

    #[test]
    fn small_buffers_find_every_frame_that_fits(
        frames in proptest::collection::vec(
            (1usize..60, proptest::collection::vec(any::<u8>(), 0..200)),
            1..6,
        ),
        sizes in proptest::collection::vec(1usize..40, 1..6),
    ) {
        let frames: Vec<_> =
            frames.into_iter().map(|(name, payload)| frame(&vec![b'n'; name.min(254)], &payload[..payload.len().min(190)])).collect();
        let found = decode::<64>(&chunked(&frames.concat(), &sizes));
        prop_assert_eq!(found.len(), frames.len());
        for (found, sent) in found.iter().zip(&frames) {
            match found {
                Event::Frame { .. } => prop_assert_eq!(&found.bytes(), sent),
                Event::TooLarge { name, size } => {
                    prop_assert_eq!(*size, sent.len());
                    prop_assert!(*size > 64);
                    prop_assert!(sent[3..].starts_with(name));
                }
                Event::Stray(_) => prop_assert!(false, "a frame was skipped"),
            }
        }
    }
}
