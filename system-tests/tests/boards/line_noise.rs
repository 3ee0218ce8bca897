//! Noise, truncated frames, malformed frames.

use std::io::Write;

use peers::random_from;

use crate::load::request;
use crate::{Example, host, on_each_board, robot};

on_each_board!(
    noise_before_a_call_does_not_break_it,
    a_truncated_frame_before_a_call_does_not_break_it,
    malformed_frames_do_not_stop_the_board
);

pub(crate) fn noise_before_a_call_does_not_break_it(example: Example) {
    let Some((_board, mut line)) = example.start() else { return };
    for round in 1..40u16 {
        // Without the byte that begins a frame: the following call would be part of that frame until its timeout.
        let noise: Vec<u8> =
            random_from(round.into(), 100).into_iter().filter(|&byte| byte != b'<').collect();
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
        let payload = random_from(round, 40);
        let name = [&b"mult"[..], b"set color", b"dbg turn", b"calibrate", b"\xff\xfe"][round as usize % 5];
        line.write_all(&request(name, &payload)).unwrap();
        let literal = [&b"\x04repr("[..], &b"(".repeat(60), b"'\\x"].concat();
        line.write_all(&request(name, &literal)).unwrap();
        // The replies to these arrive before the reply to the next call; the client discards them.
        let mut talk = host(&line).plain();
        assert_eq!(robot(&mut talk).imu().unwrap().z, 9.8);
    }
}
