//! Noise, half frames, frames that are none.

use std::io::Write;

use crate::load::request;
use crate::{Example, host, on_each_board, robot};

on_each_board!(
    noise_before_a_call_does_not_break_it,
    a_truncated_frame_before_a_call_does_not_break_it,
    malformed_frames_do_not_stop_the_board
);

/// Numbers that are equal on every run: `xorshift32`.
fn noise(seed: u32, count: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    (0..count).map(|_| next()).collect()
}

pub(crate) fn noise_before_a_call_does_not_break_it(example: Example) {
    let Some((_board, mut line)) = example.start() else { return };
    for round in 1..40u16 {
        // No byte of it begins a frame, or else the call behind it could not be found before the gap is over.
        let noise: Vec<u8> = noise(round.into(), 100).into_iter().filter(|&byte| byte != b'<').collect();
        line.write_all(&noise).unwrap();
        let mut talk = host(&line);
        assert_eq!(robot(&mut talk).mult(round.into(), 4.0).unwrap(), f32::from(round) * 4.0);
    }
}

pub(crate) fn a_truncated_frame_before_a_call_does_not_break_it(example: Example) {
    let Some((_board, mut line)) = example.start() else { return };
    let whole = request(b"mult", b"\x022f\0\0\0\0\0\0\0\0");
    for cut in 1..whole.len() {
        line.write_all(&whole[..cut]).unwrap();
        let mut talk = host(&line);
        assert_eq!(robot(&mut talk).mult(cut as f32, 4.0).unwrap(), cut as f32 * 4.0, "cut at {cut}");
    }
}

pub(crate) fn malformed_frames_do_not_stop_the_board(example: Example) {
    let Some((_board, mut line)) = example.start() else { return };
    for round in 1..100u32 {
        let payload = noise(round, 40);
        let name = [&b"mult"[..], b"set color", b"dbg turn", b"calibrate", b"\xff\xfe"][round as usize % 5];
        line.write_all(&request(name, &payload)).unwrap();
        let literal = [&b"\x04repr("[..], &b"(".repeat(60), b"'\\x"].concat();
        line.write_all(&request(name, &literal)).unwrap();
        // Its answers to these come before its answer to this; a client discards what it did not ask for.
        let mut talk = host(&line);
        assert_eq!(robot(&mut talk).imu().unwrap().z, 9.8);
    }
}
