//! The boards in `examples/ports` that the emulator supports: a robot on top of an existing HAL.

use peers::Interpreter;
use robot::RobotClient;

use crate::calls::invalid_arguments_are_refused;
use crate::line_noise::{
    a_truncated_frame_before_a_call_does_not_break_it, malformed_frames_do_not_stop_the_board,
    noise_before_a_call_does_not_break_it,
};
use crate::python::client;
use crate::reconnecting::a_second_host_is_served_after_the_first_disconnects;
use crate::resets_and_overruns::a_reset_within_a_frame_does_not_break_later_calls;
use crate::{Example, PYBOARD, calls, host, on_each_board, robot};

macro_rules! on_each_port {
    ($($test:ident),+ $(,)?) => {
        on_each_board!(@board pyboard = PYBOARD: $($test)+);
        on_each_board!(@board arduino_mega = ARDUINO_MEGA: $($test)+);
    };
}

on_each_port!(
    the_contract_in_the_port_is_that_of_the_host,
    every_command,
    invalid_arguments_are_refused,
    two_thousand_calls_are_answered,
    noise_before_a_call_does_not_break_it,
    a_truncated_frame_before_a_call_does_not_break_it,
    malformed_frames_do_not_stop_the_board,
    a_second_host_is_served_after_the_first_disconnects,
    cpython_calls_it,
    micropython_calls_it,
);

/// Only for the Pyboard: QEMU resets the UART of an AVR, but not its processor.
#[test]
fn a_reset_of_a_pyboard_does_not_break_later_calls() {
    a_reset_within_a_frame_does_not_break_later_calls(PYBOARD);
}

fn the_contract_in_the_port_is_that_of_the_host(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    RobotClient::connect(host(&line)).unwrap();
}

fn every_command(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    calls::every_command_of_the_robot(&mut host(&line));
}

fn two_thousand_calls_are_answered(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let mut robot = robot(&mut talk);
    for number in 0..2_000u16 {
        let number = f32::from(number);
        assert_eq!(robot.mult(number, 0.5).unwrap(), number / 2.0);
    }
}

fn cpython_calls_it(example: Example) {
    python_calls_it(example, Interpreter::CPython);
}

fn micropython_calls_it(example: Example) {
    python_calls_it(example, Interpreter::MicroPython);
}

fn python_calls_it(example: Example, interpreter: Interpreter) {
    let venv = peers::require!();
    let Some((_board, mut client)) = client(interpreter, &venv, example) else { return };
    assert_eq!(client.call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
    assert_eq!(client.call("'name'"), "('nameack', 'R2 on board')");
    let said = client.call("'led', 'i', 70000");
    assert!(said.starts_with("('lederr'") && said.contains("70000"), "{said}");
}
