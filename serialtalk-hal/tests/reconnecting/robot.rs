//! The contract of the boards here, in two versions, and their robot.

/// What a board answers to a call before its set-up, or after a second one.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub(crate) struct NotSetUpOnce {
    pub(crate) set_ups: u32,
}

#[serialtalk::interface(describe)]
pub(crate) trait Robot {
    /// The set-up: comes before everything else, and once.
    fn begin(&mut self);
    fn mult(&mut self, a: u32, b: u32) -> Result<u32, NotSetUpOnce>;
}

/// What a host serves.
#[serialtalk::interface]
pub(crate) trait Host {
    /// How many times this was called.
    fn count(&mut self) -> u32;
}

/// Another version of the contract.
pub(crate) mod other {
    #[serialtalk::interface(describe)]
    pub(crate) trait Robot {
        fn begin(&mut self);
        fn mult(&mut self, b: u32, a: u32) -> u32;
    }

    pub(crate) struct Fake;

    impl Robot for Fake {
        fn begin(&mut self) {
            panic!("a board of another version must not be set up");
        }
        fn mult(&mut self, _b: u32, _a: u32) -> u32 {
            panic!("a board of another version must not be called");
        }
    }
}

/// A robot, from one start of its board to the next.
#[derive(Default)]
pub(crate) struct Fake {
    pub(crate) set_ups: u32,
    pub(crate) calls: u32,
}

impl Robot for Fake {
    fn begin(&mut self) {
        self.set_ups += 1;
    }
    fn mult(&mut self, a: u32, b: u32) -> Result<u32, NotSetUpOnce> {
        self.calls += 1;
        if self.set_ups == 1 { Ok(a * b) } else { Err(NotSetUpOnce { set_ups: self.set_ups }) }
    }
}

#[derive(Default)]
pub(crate) struct Counter(pub(crate) u32);

impl Host for Counter {
    fn count(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}
