//! What stops an arm, and how its host learns of it.

use arm::{Alarm, Progress};

use crate::{Board, on_each_board, refusal};

on_each_board!(an_emergency_stop_ends_homing_at_once, a_collision_is_told_to_a_host_that_waits);

fn an_emergency_stop_ends_homing_at_once(board: Board) {
    let Some(mut rig) = board.start() else { return };
    rig.go_far();
    rig.arm.start_homing().unwrap();
    rig.arm.stop().unwrap();
    let failed = Progress::Failed { alarm: Alarm::EmergencyStop };
    assert_eq!(rig.arm.progress().unwrap(), failed);
    let joints = rig.arm.joints().unwrap();
    rig.wait_until(|told| told.alarms == [Alarm::EmergencyStop] && told.outcomes == [failed]);
    assert_eq!(rig.arm.joints().unwrap(), joints);
    assert_ne!(joints, [0.0; 6]);
    assert_eq!(refusal(rig.arm.start_homing()), "Stopped");
    assert_eq!(refusal(rig.arm.home()), "Stopped");
    rig.arm.reset().unwrap();
    rig.arm.start_homing().unwrap();
}

fn a_collision_is_told_to_a_host_that_waits(board: Board) {
    let Some(mut rig) = board.start() else { return };
    rig.arm.move_to([0.0, -100.0, 0.0, 0.0, 0.0, 0.0], 180.0).unwrap();
    // It asks for nothing meanwhile.
    rig.wait_until(|told| !told.alarms.is_empty() && !told.outcomes.is_empty());
    let alarm = Alarm::Collision { joint: 1 };
    assert_eq!(rig.told().alarms, [alarm]);
    assert_eq!(rig.told().outcomes, [Progress::Failed { alarm }]);
    assert_eq!(rig.arm.joints().unwrap()[1], -80.0);
}
