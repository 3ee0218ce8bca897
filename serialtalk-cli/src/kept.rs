//! A board that is kept open: its port may vanish and return.

use std::fmt::{self, Display, Formatter};
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use serialtalk::Timeout;
use serialtalk_hal::ports::{self, PortInfo, PortName};
use serialtalk_hal::reconnecting::{NoSetUp, State};
use serialtalk_hal::{LinkError, NoServices, Reconnecting, Running, share};

use crate::boards::Board;
use crate::carried::Carried;
use crate::connection::{Connection, Kept, greeted};
use crate::failure::Result;
use crate::link::BoardLink;
use crate::overheard::Overheard;
use crate::pause::Pause;
use crate::sharing::Sharing;
use crate::way::Way;

/// What keeps a board open, and shares it; dropping it ends both.
pub(crate) struct Keeping {
    /// How much its line carries.
    pub(crate) carried: Carried,
    /// Nothing for a board at a gateway, which does that.
    _line: Option<(Running<Reconnecting<BoardLink, NoServices, NoSetUp>, LinkError>, Sharing)>,
}

/// What happens on a board that is kept open, whether it is called or not.
pub(crate) enum News<'a> {
    /// The connection was lost, or is back.
    Connection(State<'a>),
    /// The way to a board at a gateway was lost, as an error says, or is back.
    #[cfg(feature = "fleet")]
    Fleet(Option<&'a serialtalk_zenoh::FleetError>),
    /// The program of the board has printed a line.
    Printed(&'a str),
}

impl News<'_> {
    /// Whether the connection was lost.
    pub(crate) fn is_loss(&self) -> bool {
        match self {
            Self::Connection(state) => matches!(state, State::Lost { .. }),
            #[cfg(feature = "fleet")]
            Self::Fleet(error) => error.is_some(),
            Self::Printed(_) => false,
        }
    }
}

impl Display for News<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(state) => state.fmt(f),
            #[cfg(feature = "fleet")]
            Self::Fleet(Some(error)) => error.fmt(f),
            #[cfg(feature = "fleet")]
            Self::Fleet(None) => f.write_str("the board is reached again"),
            Self::Printed(line) => write!(f, "the board prints: {line}"),
        }
    }
}

impl Connection<Kept> {
    /// Opens a board, and opens it again whenever its port returns. Calls `told` when it is lost, when it is back, and with what it
    /// prints. Other programs may use it meanwhile.
    pub(crate) fn keep(
        board: &Board,
        told: impl Fn(News<'_>) + Send + Sync + 'static,
    ) -> Result<(Self, Keeping)> {
        #[cfg(feature = "fleet")]
        if let Some(remote) = crate::fleet::open(board)? {
            let remote = remote.telling(move |error| told(News::Fleet(error)));
            let keeping = Keeping { carried: Carried::default(), _line: None };
            return Ok((Self::by(Way::Fleet(remote), board), keeping));
        }
        let (pause, told) = (Pause::default(), Arc::new(told));
        let direct = greeted(BoardLink::open(board, &pause)?, board)?;
        let carried = Carried::default();
        let overheard = {
            let (told, carried) = (Arc::clone(&told), carried.clone());
            move |link: BoardLink| {
                let told = Arc::clone(&told);
                link.overheard_by(Overheard::new(carried.clone(), move |line| told(News::Printed(line))))
            }
        };
        let link = direct.into_link();
        let name = link.name().to_owned();
        let is_forwarded = link.is_forwarded();
        let sharing = Sharing::new(board, &pause);
        // The first connection is over the link that is open already.
        let first = Mutex::new(Some(link));
        // A link to a device may lead to another one when the board is back.
        let target = usb_id(&board.target).unwrap_or_else(|| board.target.clone());
        let again = Board { target, ..board.clone() };
        let open = {
            let sharing = sharing.clone();
            move || {
                if let Some(link) = first.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    return Ok(overheard(link));
                }
                // Whoever is to be joined may be this program itself.
                let link = match sharing.has_begun() {
                    true => BoardLink::open_unless_lent(&again, &pause)?,
                    false => BoardLink::open_once(&again, &pause)?,
                };
                if !link.is_forwarded() {
                    sharing.begin();
                }
                Ok(overheard(link))
            }
        };
        let (timeout_ms, has_echo) = (board.timeout_ms(), board.has_echo);
        let reconnecting = Reconnecting::with(&name, open)
            .with_endpoint(|mut talk| {
                talk.set_timeout(Timeout::Ms(timeout_ms));
                let talk = if is_forwarded { talk.plain() } else { talk };
                if has_echo { talk } else { talk.without_echo() }
            })
            .on_state(changes(move |state| told(News::Connection(state))));
        let (caller, running) = share(reconnecting)?;
        let caller = Way::Line(caller);
        sharing.serve(caller.clone());
        if !is_forwarded {
            sharing.begin();
        }
        let keeping = Keeping { carried, _line: Some((running, sharing)) };
        Ok((Self::by(caller, board), keeping))
    }
}

/// Tells the loss of a connection, and the next one.
fn changes(told: impl Fn(State<'_>)) -> impl FnMut(State<'_>) {
    let mut was_lost = false;
    move |state| match state {
        State::Lost { .. } => {
            was_lost = true;
            told(state);
        }
        State::Connected { .. } if std::mem::take(&mut was_lost) => told(state),
        _ => {}
    }
}

/// What names a port the same as long as it is plugged in, and afterwards if it can: its USB id, or else its path.
#[cfg(unix)]
pub(crate) fn lasting(target: &str) -> String {
    usb_id(target).unwrap_or_else(|| canonical(target))
}

/// What opens a port wherever it is plugged in again: its USB id, if it is on USB and no other port has that id.
fn usb_id(target: &str) -> Option<String> {
    let path = canonical(target);
    let ports = ports::list().unwrap_or_default();
    let usb = ports.iter().find(|port| port.path == path).and_then(|port| port.usb.as_ref())?;
    let is_same = |port: &&PortInfo| port.usb.as_ref().is_some_and(|other| other.id == usb.id);
    (ports.iter().filter(is_same).count() == 1).then(|| usb.id.to_string())
}

/// The path of a device without links, however it is named; what is no device as it is.
fn canonical(target: &str) -> String {
    let found = target.parse::<PortName>().and_then(|name| name.find());
    let path = found.unwrap_or_else(|_| target.to_owned());
    fs::canonicalize(&path).map_or(path, |path| path.to_string_lossy().into_owned())
}
