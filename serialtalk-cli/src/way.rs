//! The way to a board: its line, or its gateway.

use serialtalk::CallError;
use serialtalk::proto::{Carrier, Command, RawReply};
use serialtalk_hal::{LinkError, SerialTalk};

use crate::failure::{Breach, Kind};
use crate::link::BoardLink;

/// The way to a board.
#[derive(Clone)]
pub(crate) enum Way<L> {
    /// Its line.
    Line(L),
    /// Its gateway.
    #[cfg(feature = "fleet")]
    Fleet(crate::fleet::Remote),
}

/// Why a way ends.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum Broken {
    /// The line is broken.
    #[error(transparent)]
    Line(LinkError),
    /// The gateway is not there, or lets nothing through.
    #[cfg(feature = "fleet")]
    #[error(transparent)]
    Fleet(serialtalk_zenoh::FleetError),
}

impl Breach for Broken {
    fn kind(&self) -> Kind {
        match self {
            Self::Line(error) => error.kind(),
            #[cfg(feature = "fleet")]
            Self::Fleet(error) => error.kind(),
        }
    }
}

/// Whether the board is away, which is told where its connection is: a gateway may also refuse a call of a board that is there.
pub(crate) fn is_away(error: &CallError<Broken>) -> bool {
    match error {
        CallError::Link { error, .. } => error.kind() == Kind::Port,
        error => error.is_link(),
    }
}

impl<L: Carrier<Error = LinkError>> Carrier for Way<L> {
    type Error = Broken;

    fn name(&self) -> &str {
        match self {
            Self::Line(line) => line.name(),
            #[cfg(feature = "fleet")]
            Self::Fleet(remote) => remote.name(),
        }
    }

    fn is_without_echo(&self) -> bool {
        match self {
            Self::Line(line) => line.is_without_echo(),
            #[cfg(feature = "fleet")]
            Self::Fleet(remote) => remote.is_without_echo(),
        }
    }

    fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<Broken>> {
        match self {
            Self::Line(line) => line.call_raw(command, payload).map_err(of_line),
            #[cfg(feature = "fleet")]
            Self::Fleet(remote) => {
                remote.call_raw(command, payload).map_err(|error| error.map_link(Broken::Fleet))
            }
        }
    }

    fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<Broken>> {
        match self {
            Self::Line(line) => line.send_raw(name, payload).map_err(of_line),
            #[cfg(feature = "fleet")]
            Self::Fleet(remote) => {
                remote.send_raw(name, payload).map_err(|error| error.map_link(Broken::Fleet))
            }
        }
    }
}

fn of_line(error: CallError<LinkError>) -> CallError<Broken> {
    error.map_link(Broken::Line)
}

impl Way<SerialTalk<BoardLink>> {
    /// Whether calls go over the checked link from here on.
    pub(crate) fn is_checked(&self) -> bool {
        match self {
            Self::Line(talk) => talk.is_checked(),
            #[cfg(feature = "fleet")]
            Self::Fleet(_) => false,
        }
    }

    /// Leaves the session of a line. A board that is gone has none.
    pub(crate) fn leave(&mut self) {
        match self {
            Self::Line(talk) => drop(talk.leave()),
            #[cfg(feature = "fleet")]
            Self::Fleet(_) => {}
        }
    }
}

#[cfg(all(test, feature = "fleet"))]
mod tests {
    use serialtalk::Context;
    use serialtalk_zenoh::FleetError;

    use super::*;

    #[test]
    fn a_board_whose_gateway_refuses_a_call_is_not_away() {
        let error = |error| CallError::Link {
            error: Broken::Fleet(error),
            context: Context::new("imu", "robots/cell1/arm1", b""),
        };
        let board = || "robots/cell1/arm1".to_owned();
        assert!(is_away(&error(FleetError::Down { board: board(), reason: "unplugged".into() })));
        assert!(!is_away(&error(FleetError::Busy { board: board(), waiting: 32 })));
        assert!(!is_away(&error(FleetError::Forbidden { reason: "blocked".into() })));
    }
}
