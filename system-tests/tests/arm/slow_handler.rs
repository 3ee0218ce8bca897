//! A slow job in a handler.

use arm::{Alarm, Progress};
use serialtalk::Timeout;

use crate::Board;

fn holds_up_everything_else(board: Board) {
    let Some(mut rig) = board.start() else { return };
    assert!(rig.arm.within(Timeout::Ms(50)).home().unwrap_err().is_timeout());
    rig.arm.stop().unwrap();
    // This is answered when the arm is home: the stop came too late.
    assert_eq!(rig.arm.joints().unwrap(), [0.0; 6]);
    assert_eq!(rig.arm.progress().unwrap(), Progress::Done);
    rig.wait_until(|told| told.alarms == [Alarm::EmergencyStop] && told.outcomes == [Progress::Done]);
}

#[test]
fn holds_up_everything_else_on_a_simulated_board() {
    holds_up_everything_else(Board::Simulated);
}

#[test]
fn holds_up_everything_else_in_micropython() {
    holds_up_everything_else(Board::MicroPython);
}

/// Only the main loop feeds it, as it should be.
#[test]
fn is_ended_by_the_watchdog_of_an_emulated_board() {
    let Some(mut rig) = Board::Emulated.start() else { return };
    rig.go([90.0; 6]);
    rig.told().lines.clear();
    assert!(rig.arm.within(Timeout::Ms(50)).home().unwrap_err().is_timeout());
    rig.wait_until(|told| told.lines == ["started"]);
    // It has lost its state.
    assert_eq!(rig.arm.progress().unwrap(), Progress::Idle);
    assert_eq!(rig.arm.joints().unwrap()[0], 20.0);
}
