//! The arm: it starts motions, lets them go on, and stops.

use arm::{Alarm, Arm, JOINTS, MoveError, Progress};
use serialtalk::heapless::String;

use crate::joint::Joint;
use crate::motion::Motion;

/// The speed of the motors in degrees per second.
const FASTEST: f32 = 180.0;

/// An arm without motors: its joints turn in memory, at the speed of real ones.
#[derive(Debug)]
pub struct OnboardArm {
    millis: fn() -> u32,
    /// The time of the last step.
    stepped: u32,
    joints: [Joint; JOINTS],
    is_closed: bool,
    motion: Option<Motion>,
    /// How the last motion has ended.
    outcome: Progress,
    is_stopped: bool,
    untold_alarm: Option<Alarm>,
    untold_outcome: Option<Progress>,
}

impl OnboardArm {
    /// Creates an arm that stands as it was left. `millis` returns the time in milliseconds, and may wrap around.
    pub fn new(millis: fn() -> u32) -> Self {
        let joints = [
            Joint::new(-170.0, 170.0, 20.0),
            // There is a table.
            Joint::new(-110.0, 110.0, -35.0).with_obstacle(-80.0),
            Joint::new(-150.0, 150.0, 70.0),
            Joint::new(-170.0, 170.0, 0.0),
            Joint::new(-120.0, 120.0, 25.0),
            Joint::new(-170.0, 170.0, -90.0),
        ];
        Self {
            millis,
            stepped: millis(),
            joints,
            is_closed: false,
            motion: None,
            outcome: Progress::Idle,
            is_stopped: false,
            untold_alarm: None,
            untold_outcome: None,
        }
    }

    /// Lets the arm do what it does in the time since the last step. A main loop calls it in each turn.
    pub fn step(&mut self) {
        let now = (self.millis)();
        let seconds = now.wrapping_sub(self.stepped) as f32 / 1000.0;
        self.stepped = now;
        for joint in &mut self.joints {
            joint.cool(seconds);
        }
        let Some(motion) = &self.motion else { return };
        match motion.step(&mut self.joints, seconds) {
            Ok(false) => {}
            Ok(true) => self.end(Progress::Done),
            Err(alarm) => self.raise(alarm),
        }
    }

    /// Takes the last alarm, once. A main loop takes it after each step, and tells the host.
    pub fn take_alarm(&mut self) -> Option<Alarm> {
        self.untold_alarm.take()
    }

    /// Takes the outcome of the motion that has ended last, once. A main loop takes it after each step, and tells the host.
    pub fn take_outcome(&mut self) -> Option<Progress> {
        self.untold_outcome.take()
    }

    /// Whether the gripper is closed.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn start(&mut self, motion: Motion) -> Result<(), MoveError> {
        if self.is_stopped {
            return Err(MoveError::Stopped);
        }
        if self.motion.is_some() {
            return Err(MoveError::Busy);
        }
        self.motion = Some(motion);
        Ok(())
    }

    fn end(&mut self, outcome: Progress) {
        if self.motion.take().is_some() {
            self.outcome = outcome;
            self.untold_outcome = Some(outcome);
        }
    }

    fn raise(&mut self, alarm: Alarm) {
        if !self.is_stopped {
            self.is_stopped = true;
            self.untold_alarm = Some(alarm);
            self.end(Progress::Failed { alarm });
        }
    }
}

impl Arm for OnboardArm {
    fn name(&mut self) -> String<16> {
        String::try_from("arm on board").unwrap_or_default()
    }

    fn joints(&mut self) -> [f32; JOINTS] {
        self.joints.map(|joint| joint.angle)
    }

    fn temperatures(&mut self) -> [f32; JOINTS] {
        self.joints.map(|joint| joint.celsius)
    }

    fn grip(&mut self, closed: bool) {
        self.is_closed = closed;
    }

    fn move_to(&mut self, target: [f32; JOINTS], speed: f32) -> Result<(), MoveError> {
        if !(speed > 0.0 && speed <= FASTEST) {
            return Err(MoveError::Speed { most: FASTEST });
        }
        for (number, (joint, angle)) in (0..).zip(self.joints.iter().zip(target)) {
            if !joint.reaches(angle) {
                return Err(MoveError::OutOfReach { joint: number, least: joint.least, most: joint.most });
            }
        }
        self.start(Motion::to(target, speed, &self.joints))
    }

    fn start_homing(&mut self) -> Result<(), MoveError> {
        self.start(Motion::homing(&self.joints))
    }

    fn progress(&mut self) -> Progress {
        match &self.motion {
            Some(motion) => Progress::Running { percent: motion.percent(&self.joints) },
            None => self.outcome,
        }
    }

    fn cancel(&mut self) {
        self.end(Progress::Cancelled);
    }

    fn home(&mut self) -> Result<(), MoveError> {
        self.start_homing()?;
        while self.motion.is_some() {
            self.step();
        }
        if self.is_stopped { Err(MoveError::Stopped) } else { Ok(()) }
    }

    fn stop(&mut self) {
        self.raise(Alarm::EmergencyStop);
    }

    fn reset(&mut self) {
        self.is_stopped = false;
    }
}
