//! Motions, what ends them, and what is told about it, by a clock that the test sets.

use std::cell::Cell;

use arm::{Alarm, Arm, MoveError, Progress};
use onboard_arm::OnboardArm;

thread_local! {
    static NOW: Cell<u32> = const { Cell::new(u32::MAX - 100) };
}

fn now() -> u32 {
    NOW.get()
}

fn arm() -> OnboardArm {
    OnboardArm::new(now)
}

fn pass(arm: &mut OnboardArm, ms: u32) {
    NOW.set(NOW.get().wrapping_add(ms));
    arm.step();
}

/// Lets the arm move until its motion has ended, and returns how long that took in milliseconds.
fn run(arm: &mut OnboardArm) -> u32 {
    (0..100_000)
        .find(|_| {
            let is_running = matches!(arm.progress(), Progress::Running { .. });
            if is_running {
                pass(arm, 1);
            }
            !is_running
        })
        .expect("the motion ends within 100 s")
}

#[test]
fn homing_turns_one_joint_after_the_other() {
    let mut arm = arm();
    assert_eq!(arm.progress(), Progress::Idle);
    arm.start_homing().unwrap();
    assert_eq!(arm.progress(), Progress::Running { percent: 0 });
    pass(&mut arm, 100);
    assert_eq!(arm.joints(), [8.0, -35.0, 70.0, 0.0, 25.0, -90.0]);
    assert_eq!(arm.progress(), Progress::Running { percent: 5 });
    let ms = 100 + run(&mut arm);
    // 240 degrees at 120 degrees per second, and a part of a step for each joint.
    assert!((2000..2010).contains(&ms), "{ms} ms");
    assert_eq!((arm.progress(), arm.joints()), (Progress::Done, [0.0; 6]));
    assert_eq!((arm.take_outcome(), arm.take_outcome()), (Some(Progress::Done), None));
    assert_eq!(arm.take_alarm(), None);
}

#[test]
fn a_blocking_homing_ends_where_the_other_does() {
    // Time passes while it asks for it.
    let mut arm = OnboardArm::new(|| {
        NOW.set(NOW.get().wrapping_add(1));
        NOW.get()
    });
    arm.home().unwrap();
    assert_eq!((arm.progress(), arm.joints()), (Progress::Done, [0.0; 6]));
    arm.move_to([0.0, -90.0, 0.0, 0.0, 0.0, 0.0], 90.0).unwrap();
    assert_eq!(arm.home(), Err(MoveError::Busy));
}

#[test]
fn a_move_turns_all_joints_at_once() {
    let mut arm = arm();
    let target = [30.0, -30.0, 60.0, 10.0, 20.0, -80.0];
    arm.move_to(target, 10.0).unwrap();
    pass(&mut arm, 500);
    assert_eq!(arm.joints(), [25.0, -30.0, 65.0, 5.0, 20.0, -85.0]);
    let ms = run(&mut arm);
    assert!((500..510).contains(&ms), "{ms} ms");
    assert_eq!((arm.progress(), arm.joints()), (Progress::Done, target));
}

#[test]
fn a_motion_that_is_none_is_done_at_once() {
    let mut arm = arm();
    arm.move_to([20.0, -35.0, 70.0, 0.0, 25.0, -90.0], 1.0).unwrap();
    pass(&mut arm, 0);
    assert_eq!(arm.progress(), Progress::Done);
}

#[test]
fn one_motion_is_under_way_at_a_time_and_can_be_cancelled() {
    let mut arm = arm();
    arm.cancel();
    assert_eq!((arm.progress(), arm.take_outcome()), (Progress::Idle, None));
    arm.start_homing().unwrap();
    pass(&mut arm, 200);
    assert_eq!(arm.start_homing(), Err(MoveError::Busy));
    assert_eq!(arm.move_to([0.0; 6], 10.0), Err(MoveError::Busy));
    arm.cancel();
    let joints = arm.joints();
    pass(&mut arm, 1000);
    assert_eq!((arm.progress(), arm.joints()), (Progress::Cancelled, joints));
    assert_eq!(arm.take_outcome(), Some(Progress::Cancelled));
    arm.start_homing().unwrap();
}

#[test]
fn an_emergency_stop_ends_a_motion_at_once_until_a_reset() {
    let mut arm = arm();
    arm.start_homing().unwrap();
    pass(&mut arm, 200);
    let joints = arm.joints();
    NOW.set(NOW.get().wrapping_add(50));
    arm.stop();
    arm.stop();
    pass(&mut arm, 1000);
    let failed = Progress::Failed { alarm: Alarm::EmergencyStop };
    assert_eq!((arm.progress(), arm.joints()), (failed, joints));
    assert_eq!((arm.take_alarm(), arm.take_outcome()), (Some(Alarm::EmergencyStop), Some(failed)));
    assert_eq!(arm.take_alarm(), None);
    assert_eq!((arm.start_homing(), arm.home()), (Err(MoveError::Stopped), Err(MoveError::Stopped)));
    arm.reset();
    arm.start_homing().unwrap();
}

#[test]
fn an_obstacle_stops_the_arm() {
    let mut arm = arm();
    arm.move_to([20.0, -100.0, 70.0, 0.0, 25.0, -90.0], 90.0).unwrap();
    run(&mut arm);
    assert_eq!(arm.take_alarm(), Some(Alarm::Collision { joint: 1 }));
    assert_eq!(arm.joints()[1], -80.0);
    // It can leave the obstacle.
    arm.reset();
    arm.start_homing().unwrap();
    run(&mut arm);
    assert_eq!(arm.progress(), Progress::Done);
}

#[test]
fn a_motor_that_is_too_hot_stops_the_arm() {
    let mut arm = arm();
    for base in [170.0, -170.0].into_iter().cycle() {
        arm.move_to([base, 0.0, 0.0, 0.0, 0.0, 0.0], 180.0).unwrap();
        run(&mut arm);
        if arm.progress() != Progress::Done {
            break;
        }
    }
    let Some(Alarm::Overheated { joint: 0, celsius }) = arm.take_alarm() else { panic!("{arm:?}") };
    assert!(celsius > 80.0 && celsius < 81.0, "{celsius}");
    assert_eq!(arm.temperatures()[0], celsius);
    pass(&mut arm, 60_000);
    arm.reset();
    arm.start_homing().unwrap();
    run(&mut arm);
    assert_eq!(arm.progress(), Progress::Done);
}

#[test]
fn what_the_arm_cannot_do_is_refused() {
    let mut arm = arm();
    for speed in [0.0, -1.0, 180.1, f32::NAN, f32::INFINITY] {
        assert_eq!(arm.move_to([0.0; 6], speed), Err(MoveError::Speed { most: 180.0 }));
    }
    for angle in [171.0, -170.5, f32::NAN, f32::INFINITY] {
        let error = MoveError::OutOfReach { joint: 3, least: -170.0, most: 170.0 };
        assert_eq!(arm.move_to([0.0, 0.0, 0.0, angle, 0.0, 0.0], 10.0), Err(error));
    }
    assert_eq!(arm.progress(), Progress::Idle);
    arm.grip(true);
    assert!(arm.is_closed());
}
