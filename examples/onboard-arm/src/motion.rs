//! A motion of the joints, step by step.

use arm::{Alarm, JOINTS};

use crate::joint::{Joint, Stall};

/// How fast a joint turns when the arm homes, in degrees per second.
const HOMING_SPEED: f32 = 120.0;

#[derive(Debug)]
pub(crate) struct Motion {
    target: [f32; JOINTS],
    /// In degrees per second.
    speed: f32,
    is_one_by_one: bool,
    /// How far all joints were from their targets at the start.
    whole: f32,
}

impl Motion {
    /// To a target, with all joints at once.
    pub(crate) fn to(target: [f32; JOINTS], speed: f32, joints: &[Joint]) -> Self {
        let motion = Self { target, speed, is_one_by_one: false, whole: 0.0 };
        Self { whole: motion.left(joints), ..motion }
    }

    /// To the zero points, with one joint after the other.
    pub(crate) fn homing(joints: &[Joint]) -> Self {
        Self { is_one_by_one: true, ..Self::to([0.0; JOINTS], HOMING_SPEED, joints) }
    }

    /// How much is done.
    pub(crate) fn percent(&self, joints: &[Joint]) -> u8 {
        ((1.0 - self.left(joints) / self.whole) * 100.0) as u8
    }

    /// Turns the joints as far as they come in this time. Returns whether all are at their targets.
    pub(crate) fn step(&self, joints: &mut [Joint], seconds: f32) -> Result<bool, Alarm> {
        for (number, (joint, target)) in (0..).zip(joints.iter_mut().zip(self.target)) {
            if joint.angle == target {
                continue;
            }
            joint.turn(target, self.speed * seconds).map_err(|stall| match stall {
                Stall::Obstacle => Alarm::Collision { joint: number },
                Stall::Hot => Alarm::Overheated { joint: number, celsius: joint.celsius },
            })?;
            if self.is_one_by_one {
                break;
            }
        }
        Ok(self.left(joints) == 0.0)
    }

    /// How far all joints are from their targets.
    fn left(&self, joints: &[Joint]) -> f32 {
        joints.iter().zip(self.target).map(|(joint, target)| (target - joint.angle).abs()).sum()
    }
}
