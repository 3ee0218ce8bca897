//! One joint of the arm, and its motor.

/// The temperature of the room in degrees Celsius.
const ROOM: f32 = 22.0;

/// A motor that is hotter does not turn.
const HOTTEST: f32 = 80.0;

/// How much a motor warms by a degree that it turns.
const WARMS_BY: f32 = 0.05;

/// How much a motor cools in a second.
const COOLS_BY: f32 = 0.5;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Joint {
    /// In degrees.
    pub(crate) angle: f32,
    pub(crate) least: f32,
    pub(crate) most: f32,
    /// Where the joint meets an obstacle that the arm does not know.
    obstacle: f32,
    pub(crate) celsius: f32,
}

impl Joint {
    /// A joint that can turn from `least` to `most`, and is at `angle`.
    pub(crate) const fn new(least: f32, most: f32, angle: f32) -> Self {
        Self { angle, least, most, obstacle: least, celsius: ROOM }
    }

    pub(crate) const fn with_obstacle(self, angle: f32) -> Self {
        Self { obstacle: angle, ..self }
    }

    pub(crate) fn reaches(&self, angle: f32) -> bool {
        (self.least..=self.most).contains(&angle)
    }

    /// Turns towards an angle, by `most` degrees at most.
    pub(crate) fn turn(&mut self, target: f32, most: f32) -> Result<(), Stall> {
        if self.celsius > HOTTEST {
            return Err(Stall::Hot);
        }
        let left = target - self.angle;
        let turned = left.max(-most).min(most);
        let angle = if turned == left { target } else { self.angle + turned };
        self.angle = angle.max(self.obstacle);
        self.celsius += turned.abs() * WARMS_BY;
        if angle < self.obstacle { Err(Stall::Obstacle) } else { Ok(()) }
    }

    pub(crate) fn cool(&mut self, seconds: f32) {
        self.celsius = (self.celsius - seconds * COOLS_BY).max(ROOM);
    }
}

/// Why a joint does not turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stall {
    Obstacle,
    Hot,
}
