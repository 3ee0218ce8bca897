//! A robot arm without hardware: the board's side.

use std::sync::LazyLock;

use arm::{ArmHostClient, ArmServer};
use onboard_arm::OnboardArm;
use serialtalk::link::Link;
use serialtalk::{Clock as _, LinkError};
use serialtalk_hal::{SerialTalk, StdClock};

/// How long the main loop of a simulated arm waits for a command before it lets the arm go on, in milliseconds.
const TURN_MS: u32 = 5;

/// How long a write to a host that does not read may hold up the main loop, in milliseconds. For the link of the arm.
pub const ARM_WRITE_MS: u32 = 20;

/// An arm that moves in real time.
pub fn simulated_arm() -> OnboardArm {
    static CLOCK: LazyLock<StdClock> = LazyLock::new(StdClock::new);
    OnboardArm::new(|| CLOCK.now())
}

/// The main loop of a board with an arm: it serves, lets the arm go on, and tells the host what has happened. The arm keeps
/// its state for the next line.
///
/// Returns how the link has ended. A host that does not read does not end it.
pub fn serve_arm<L: Link<Error = serialtalk_hal::LinkError>>(
    talk: SerialTalk<L>,
    arm: &mut OnboardArm,
) -> LinkError<L::Error> {
    let mut talk = talk.serve(ArmServer::new(arm));
    loop {
        match talk.process_within(TURN_MS) {
            Ok(_) | Err(LinkError::Failed(serialtalk_hal::LinkError::WriteTimeout { .. })) => {}
            Err(error) => return error,
        }
        let arm: &mut &mut OnboardArm = talk.state();
        arm.step();
        let (alarm, outcome) = (arm.take_alarm(), arm.take_outcome());
        // If the link has failed, `process_within` returns the error in the next turn.
        if let Some(alarm) = alarm {
            ArmHostClient::new(&mut talk).on_alarm(alarm).ok();
        }
        if let Some(outcome) = outcome {
            ArmHostClient::new(&mut talk).on_done(outcome).ok();
        }
    }
}
