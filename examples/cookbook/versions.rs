//! A host and a board that were built from different versions of a contract.

use serialtalk::CallError;
use serialtalk_hal::{Spawn, loopback};

/// The version of the contract that the board was built from.
mod old {
    #[serialtalk::interface(describe = "signatures")]
    pub(crate) trait Robot {
        fn go(&mut self, ms: u16, speed: u16);
        fn stop(&mut self);
    }
}

/// The next version: a command is new, and those that were there are as they were.
mod grown {
    #[serialtalk::interface(describe = "signatures")]
    pub(crate) trait Robot {
        fn go(&mut self, ms: u16, speed: u16);
        fn stop(&mut self);
        fn battery(&mut self) -> f32;
    }
}

/// A version that breaks with the old one: the arguments of `go` have changed places.
mod broken {
    #[serialtalk::interface(describe = "signatures")]
    pub(crate) trait Robot {
        fn go(&mut self, speed: u16, ms: u16);
        fn stop(&mut self);
    }
}

/// A change that breaks nothing: another command, beside the old one.
mod renamed {
    #[serialtalk::interface(describe = "signatures")]
    pub(crate) trait Robot {
        /// For hosts that were built before `drive` was there.
        fn go(&mut self, ms: u16, speed: u16);
        fn drive(&mut self, speed: u16, ms: u16);
        fn stop(&mut self);
    }
}

struct OldBoard;

impl old::Robot for OldBoard {
    fn go(&mut self, _ms: u16, _speed: u16) {}
    fn stop(&mut self) {}
}

fn main() -> anyhow::Result<()> {
    let line = || {
        let (board, host) = loopback();
        (board.serve(old::RobotServer::new(OldBoard)).spawn(), host)
    };

    let (_board, host) = line();
    let mut robot = grown::RobotClient::connect(host)?;
    robot.stop()?;
    match robot.battery() {
        Ok(volts) => println!("battery: {volts} V"),
        Err(error) => println!("an older board: {error}"),
    }

    let (_board, host) = line();
    if let Err(error) = broken::RobotClient::connect(host) {
        println!("{error}");
    }

    let (_board, host) = line();
    let mut robot = renamed::RobotClient::connect(host)?;
    match robot.drive(300, 1000) {
        Err(CallError::Refused { error, .. }) if error.is_not_found() => {
            robot.go(1000, 300)?;
            println!("driven by the old command");
        }
        driven => driven?,
    }
    Ok(())
}
