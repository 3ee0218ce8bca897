//! A slow job that is started, polled and cancelled.

use std::error::Error;
use std::thread;
use std::time::Duration;

use arm::{ArmClient, Progress};
use serialtalk::Caller;

use crate::{Board, on_each_board, refusal};

on_each_board!(
    homing_is_polled_until_it_is_done,
    everything_else_is_served_meanwhile,
    a_second_motion_is_refused,
    homing_is_cancelled,
    what_the_arm_cannot_do_is_refused,
);

/// Homes the arm, and reads its joints meanwhile.
fn home<C>(arm: &mut ArmClient<C>) -> Result<Progress, Box<dyn Error>>
where
    C: Caller<Error: Error + 'static>,
{
    arm.start_homing()?;
    loop {
        match arm.progress()? {
            Progress::Running { percent } => println!("{percent} %, joints at {:?}", arm.joints()?),
            outcome => return Ok(outcome),
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn homing_is_polled_until_it_is_done(board: Board) {
    let Some(mut rig) = board.start() else { return };
    assert_eq!(rig.arm.progress().unwrap(), Progress::Idle);
    assert_eq!(home(&mut rig.arm).unwrap(), Progress::Done);
    assert_eq!(rig.arm.joints().unwrap(), [0.0; 6]);
    rig.wait_until(|told| told.outcomes == [Progress::Done]);
}

fn everything_else_is_served_meanwhile(board: Board) {
    let Some(mut rig) = board.start() else { return };
    rig.go_far();
    rig.arm.start_homing().unwrap();
    let mut polled = vec![];
    while let Progress::Running { percent } = rig.arm.progress().unwrap() {
        polled.push(percent);
        rig.arm.grip(percent > 50).unwrap();
        assert!(rig.arm.name().unwrap().starts_with("arm "));
        assert!(rig.arm.temperatures().unwrap().iter().all(|&celsius| celsius >= 22.0));
    }
    assert!(polled.len() > 1 && polled.is_sorted() && polled.iter().all(|&it| it <= 100), "{polled:?}");
    assert_eq!(rig.arm.joints().unwrap(), [0.0; 6]);
}

fn a_second_motion_is_refused(board: Board) {
    let Some(mut rig) = board.start() else { return };
    rig.go_far();
    rig.arm.start_homing().unwrap();
    assert_eq!(refusal(rig.arm.start_homing()), "Busy");
    assert_eq!(refusal(rig.arm.move_to([0.0; 6], 10.0)), "Busy");
    assert_eq!(refusal(rig.arm.home()), "Busy");
    assert!(matches!(rig.arm.progress().unwrap(), Progress::Running { .. }));
}

fn homing_is_cancelled(board: Board) {
    let Some(mut rig) = board.start() else { return };
    rig.go_far();
    rig.arm.start_homing().unwrap();
    rig.arm.cancel().unwrap();
    assert_eq!(rig.arm.progress().unwrap(), Progress::Cancelled);
    let joints = rig.arm.joints().unwrap();
    rig.wait_until(|told| told.outcomes == [Progress::Cancelled]);
    assert_eq!(rig.arm.joints().unwrap(), joints);
    assert_ne!(joints, [0.0; 6]);
    rig.arm.start_homing().unwrap();
}

fn what_the_arm_cannot_do_is_refused(board: Board) {
    let Some(mut rig) = board.start() else { return };
    let said = refusal(rig.arm.move_to([0.0, 0.0, 151.0, 0.0, 0.0, 0.0], 10.0));
    assert!(said.starts_with("OutOfReach") && said.contains("150"), "{said}");
    let said = refusal(rig.arm.move_to([0.0; 6], 0.0));
    assert!(said.starts_with("Speed") && said.contains("180"), "{said}");
    assert_eq!(rig.arm.progress().unwrap(), Progress::Idle);
}
