//! Resets, hanging handlers, late replies and overruns.

use std::io::Write;

use serialtalk::{CallError, Caller, Timeout};

use crate::{EMBASSY, Example, LM3S6965, diagnosis, host, on_each_board, robot, wait_until_ready};

on_each_board!(a_late_reply_does_not_answer_a_later_call, a_reset_within_a_frame_does_not_break_later_calls);

fn a_late_reply_does_not_answer_a_later_call(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    for round in 1..4u16 {
        let outcome = talk.within(Timeout::Ms(20)).call::<()>("dbg busy", (150u16,));
        assert!(matches!(outcome, Err(CallError::Timeout { .. })), "{outcome:?}");
        assert_eq!(robot(&mut talk).mult(round.into(), 1.0).unwrap(), f32::from(round));
        diagnosis(&mut talk).busy(0).unwrap();
    }
}

pub(crate) fn a_reset_within_a_frame_does_not_break_later_calls(example: Example) {
    let Some((mut board, mut line)) = example.start() else { return };
    for round in 0..5u16 {
        // A reset within a frame: the rest of the frame arrives after the reset.
        line.write_all(b"<\x0e\x04mult\x022f\0").unwrap();
        board.reset();
        line.write_all(b"\0\0\0\0\0\0\0>").unwrap();
        let mut talk = host(&line);
        wait_until_ready(&mut talk);
        for number in 0..50u16 {
            let product = robot(&mut talk).mult(number.into(), round.into()).unwrap();
            assert_eq!(product, f32::from(number) * f32::from(round));
        }
    }
}

#[test]
fn the_watchdog_resets_a_board_whose_handler_hangs() {
    let Some((_board, line)) = LM3S6965.start() else { return };
    let mut talk = host(&line);
    robot(&mut talk).led(99).unwrap();
    let outcome = talk.within(Timeout::Ms(100)).call::<()>("dbg hang", ());
    assert!(matches!(outcome, Err(CallError::Timeout { .. })), "{outcome:?}");
    wait_until_ready(&mut talk);
    assert_eq!(robot(&mut talk).imu().unwrap().x, 0.0, "the board was not reset");
}

#[test]
fn an_overrun_is_counted_and_later_calls_succeed() {
    let Some((_board, mut line)) = EMBASSY.start() else { return };
    let mut talk = host(&line);
    assert_eq!(diagnosis(&mut talk).overruns().unwrap(), 0);
    // The queue holds 511 bytes, and the busy handler does not empty it.
    talk.within(Timeout::Ms(20)).call::<()>("dbg busy", (1000u16,)).unwrap_err();
    line.write_all(&[b'x'; 4000]).unwrap();
    wait_until_ready(&mut talk);
    assert!(diagnosis(&mut talk).overruns().unwrap() > 0);
    assert_eq!(robot(&mut talk).mult(2.0, 3.0).unwrap(), 6.0);
}
