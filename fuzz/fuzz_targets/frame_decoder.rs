//! Bytes in chunks of any size, into frames. The first byte says the size of the chunks, the others arrive.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serialtalk::proto::{Frame, FrameDecoder, FrameWriter, Head};
use serialtalk_fuzz::frames::{MAX, find_all};

fuzz_target!(|input: &[u8]| {
    let Some((chunk, bytes)) = input.split_first() else { return };
    let chunk = 1 + usize::from(*chunk);
    every_frame_is_found(bytes, chunk);
    wanted_frames_are_kept(bytes, chunk);
    a_small_buffer_loses_no_small_frame::<64>(bytes, chunk);
    a_small_buffer_loses_no_small_frame::<32>(bytes, chunk);
});

/// What was found: the bytes of each frame, and the bytes outside of frames.
type Found = (Vec<Vec<u8>>, Vec<u8>);

fn every_frame_is_found(bytes: &[u8], chunk: usize) {
    let (frames, stray) = find_all(bytes);
    let found = decode::<MAX>(bytes, chunk, |decoder, late, (frames, stray)| {
        while let Some(handle) = decoder.next(late, |byte| stray.push(byte)) {
            decoder.unread(handle);
            assert_eq!(decoder.next(late, |byte| stray.push(byte)), Some(handle), "it is returned again");
            assert!(FrameDecoder::<MAX>::fits(handle));
            let frame = written(&decoder.frame(handle).unwrap());
            assert_eq!(frame.len(), handle.size());
            frames.push(frame);
        }
    });
    assert_eq!(found, (frames.into_iter().map(of_parts).collect(), stray));
}

fn wanted_frames_are_kept(bytes: &[u8], chunk: usize) {
    let is_wanted = |payload: &[u8]| payload.first().is_some_and(|byte| byte % 2 == 0);
    let (frames, stray) = find_all(bytes);
    let wanted: Vec<_> = frames.into_iter().filter(|frame| is_wanted(frame.1)).map(of_parts).collect();
    let found = decode::<MAX>(bytes, chunk, |decoder, late, (frames, stray)| {
        decoder.retain(late, |byte| stray.push(byte), |frame| is_wanted(frame.payload));
        if !late && decoder.recv_buf().len() >= chunk {
            return;
        }
        // Only wanted frames are left of those that have arrived whole.
        while let Some(handle) = decoder.next(late, |byte| stray.push(byte)) {
            let frame = decoder.frame(handle).unwrap();
            assert!(is_wanted(frame.payload));
            frames.push(written(&frame));
        }
    });
    assert_eq!(found, (wanted, stray));
}

fn a_small_buffer_loses_no_small_frame<const N: usize>(bytes: &[u8], chunk: usize) {
    let mut total = 0;
    let (frames, stray) = decode::<N>(bytes, chunk, |decoder, late, (frames, stray)| {
        while let Some(handle) = decoder.next(late, |byte| stray.push(byte)) {
            total += handle.size();
            let frame = decoder.frame(handle).unwrap();
            if FrameDecoder::<N>::fits(handle) {
                frames.push(written(&frame));
            } else {
                assert!(frame.payload.is_empty() && frame.name.len() <= N && handle.size() > N);
            }
        }
    });
    assert!(total + stray.len() <= bytes.len(), "more was found than arrived");
    let mut rest = bytes;
    for frame in frames {
        let at = rest.windows(frame.len()).position(|window| window == frame);
        let Some(at) = at else { panic!("{frame:?} has not arrived") };
        rest = &rest[at + frame.len()..];
    }
}

/// Feeds a decoder, and lets `take` take what it finds after each chunk; at last the rest of a frame is late.
fn decode<const N: usize>(
    bytes: &[u8],
    chunk: usize,
    mut take: impl FnMut(&mut FrameDecoder<N>, bool, &mut Found),
) -> Found {
    let (mut decoder, mut found) = (FrameDecoder::<N>::new(), Found::default());
    for mut arriving in bytes.chunks(chunk) {
        while !arriving.is_empty() {
            let room = decoder.recv_buf();
            assert!(!room.is_empty(), "there is room once all frames are taken");
            let count = room.len().min(arriving.len());
            room[..count].copy_from_slice(&arriving[..count]);
            decoder.commit(count);
            arriving = &arriving[count..];
            take(&mut decoder, false, &mut found);
        }
    }
    take(&mut decoder, true, &mut found);
    assert!(!decoder.is_partial(), "nothing is awaited when it is late");
    found
}

/// The bytes of a frame, as a writer writes it.
fn written(frame: &Frame<'_>) -> Vec<u8> {
    let mut buffer = [0; MAX];
    let mut writer = FrameWriter::new(&mut buffer, Head::command(frame.name));
    let size = writer.put(frame.payload).finish().expect("a frame that was read fits a frame");
    writer.bytes(size).to_vec()
}

fn of_parts((name, payload): (&[u8], &[u8])) -> Vec<u8> {
    serialtalk_fuzz::frames::frame(name, payload)
}
