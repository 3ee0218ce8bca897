//! Robots that several tests share.

use serialtalk::Value;

#[derive(Value)]
pub(crate) struct Power {
    pub(crate) volts: f32,
    pub(crate) amps: f32,
}

#[derive(Value)]
#[repr(u8)]
pub(crate) enum Gear {
    Slow,
    Fast,
}

#[serialtalk::interface(describe)]
pub(crate) trait Robot {
    /// What the battery gives.
    fn power(&mut self) -> Power;
    fn drive(&mut self, gear: Gear);
    #[command(idempotent, timeout_ms = 800)]
    fn go(&mut self, ms: u16, speed: u16) -> u32;
    fn ping(&mut self);
}

#[serialtalk::interface]
pub(crate) trait Quiet {
    fn go(&mut self, ms: u16, speed: u16) -> u32;
}

#[serialtalk::interface(contract = false)]
pub(crate) trait Small {
    fn go(&mut self, ms: u16, speed: u16) -> u32;
}

pub(crate) struct Fake;

impl Robot for Fake {
    fn power(&mut self) -> Power {
        Power { volts: 7.4, amps: 0.2 }
    }
    fn drive(&mut self, _gear: Gear) {}
    fn go(&mut self, ms: u16, speed: u16) -> u32 {
        u32::from(ms) * 1000 + u32::from(speed)
    }
    fn ping(&mut self) {}
}

impl Quiet for Fake {
    fn go(&mut self, ms: u16, speed: u16) -> u32 {
        u32::from(ms) * 1000 + u32::from(speed)
    }
}

impl Small for Fake {
    fn go(&mut self, ms: u16, speed: u16) -> u32 {
        u32::from(ms) * 1000 + u32::from(speed)
    }
}

/// What a board has beside its robot.
#[serialtalk::interface(describe)]
pub(crate) trait Named {
    fn name(&mut self) -> String;
}

impl Named for Fake {
    fn name(&mut self) -> String {
        "R2".into()
    }
}
