//! A board that is kept open: its port may vanish and return.

use std::sync::{Arc, Mutex, PoisonError};

use serialtalk::Timeout;
use serialtalk_hal::reconnecting::{NoSetUp, State};
use serialtalk_hal::{NoServices, Reconnecting, Running, ports, share};

use crate::boards::Board;
use crate::connection::{Connection, Kept};
use crate::failure::Result;
use crate::link::BoardLink;
use crate::output::tell;

/// The thread that makes the connections; dropping it ends them.
pub(crate) type Keeping = Running<Reconnecting<BoardLink, NoServices, NoSetUp>, serialtalk_hal::LinkError>;

impl Connection<Kept> {
    /// Opens a board, and opens it again whenever its port returns. Tells on standard error when it is lost, and when it is back.
    pub(crate) fn keep(board: &Board) -> Result<(Self, Keeping)> {
        let link = Connection::open(board)?.caller.into_link();
        let name = link.name().to_owned();
        let again = Board { target: lasting(&board.target), wait: Default::default(), ..board.clone() };
        // The first connection is over the link that is open already.
        let first = Mutex::new(Some(link));
        let open = move || match first.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(link) => Ok(link),
            None => BoardLink::open_once(&again),
        };
        let (timeout_ms, has_echo) = (board.timeout_ms(), board.has_echo);
        let mut reconnecting = Reconnecting::with(&name, open).with_endpoint(|mut talk| {
            talk.set_timeout(Timeout::Ms(timeout_ms));
            if has_echo { talk } else { talk.without_echo() }
        });
        let was_lost = Arc::new(Mutex::new(false));
        reconnecting = reconnecting.on_state(move |state| announce(&state, &was_lost));
        let (caller, keeping) = share(reconnecting)?;
        Ok((Self { board: board.clone(), caller }, keeping))
    }
}

/// Tells the loss of a connection, and the next one.
fn announce(state: &State<'_>, was_lost: &Mutex<bool>) {
    let mut was_lost = was_lost.lock().unwrap_or_else(PoisonError::into_inner);
    match state {
        State::Lost { .. } => {
            *was_lost = true;
            tell(state);
        }
        State::Connected { .. } if std::mem::take(&mut *was_lost) => tell(state),
        _ => {}
    }
}

/// What opens a port wherever it is plugged in again: its USB id, if it is on USB.
fn lasting(target: &str) -> String {
    let ports = ports::list().unwrap_or_default();
    let usb = ports.into_iter().find(|port| port.path == target).and_then(|port| port.usb);
    usb.map_or_else(|| target.to_owned(), |usb| usb.id.to_string())
}
