//! Boards at gateways, which are reached over Zenoh.

mod list;
mod remote;

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::Timeout;
use serialtalk_zenoh::keys::Address;
use serialtalk_zenoh::zenoh::Session;
use serialtalk_zenoh::{Access, AccessError, BoardState, Certificates, FleetError, info};

use crate::boards::{Board, FLEET};
use crate::config::Fleet;
use crate::failure::{Breach, Failure, Kind, Result};
use crate::link::LOOK_EACH;

pub(crate) use list::{list, realm};
pub(crate) use remote::Remote;

/// Opens a board if it is at a gateway, once that says that it is connected.
pub(crate) fn open(board: &Board) -> Result<Option<Remote>> {
    let Some(fleet) = &board.fleet else { return Ok(None) };
    let address = address(board.target.trim_start_matches(FLEET), fleet)?;
    let session = session(fleet, board.wait)?;
    let deadline = Instant::now() + board.wait;
    while let Err(error) = connected(&session, &address) {
        let may_pass = matches!(error, FleetError::Unreachable { .. } | FleetError::Down { .. });
        if !may_pass || Instant::now() >= deadline {
            return Err(error.into());
        }
        thread::sleep(LOOK_EACH);
    }
    let remote =
        serialtalk_zenoh::Board::new(&session, address).with_timeout(Timeout::Ms(board.timeout_ms()));
    Ok(Some(Remote::new(remote, board.has_echo)))
}

/// Whether a board is connected to its gateway. The board itself is not asked: to call `echo` may not be allowed.
fn connected(session: &Session, address: &Address) -> std::result::Result<(), FleetError> {
    match info(session, address)?.state {
        BoardState::Up => Ok(()),
        BoardState::Down(reason) => Err(FleetError::Down { board: address.to_string(), reason }),
    }
}

/// The address of a board, which may be named without its realm.
fn address(text: &str, fleet: &Fleet) -> Result<Address> {
    let whole = match (&fleet.realm, text.contains('/')) {
        (Some(realm), false) => format!("{realm}/*/{text}"),
        _ => text.to_owned(),
    };
    whole.parse().map_err(|error| {
        Failure::usage(format!("{error}"))
            .hint("realm = \"robots\" in [fleet] of serialtalk.toml, for names without a realm")
    })
}

/// The session of this program. It is opened once, and ends with the program.
fn session(fleet: &Fleet, wait: Duration) -> Result<Session> {
    static SESSION: Mutex<Option<Session>> = Mutex::new(None);
    let mut session = SESSION.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(session) = &*session {
        return Ok(session.clone());
    }
    let mut access = match fleet.connect.as_slice() {
        [] => Access::default(),
        addresses => Access::connect(addresses),
    };
    if let Some(files) = fleet.certificates.clone() {
        access = access.certificates(Certificates {
            ca: files.ca,
            certificate: files.certificate,
            key: files.key,
        });
    }
    if fleet.insecure {
        access = access.insecure();
    }
    if let Ok(wait_ms @ 1500..) = u32::try_from(wait.as_millis()) {
        access = access.connect_within(Timeout::Ms(wait_ms));
    }
    let opened = access.open()?;
    Ok(session.insert(opened).clone())
}

impl From<AccessError> for Failure {
    fn from(error: AccessError) -> Self {
        let kind = match error {
            AccessError::Nobody { .. } | AccessError::Engine { .. } => Kind::Port,
            _ => Kind::Usage,
        };
        Self::new(kind, error.to_string())
    }
}

impl Breach for FleetError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchBoard { .. } | Self::Several { .. } => Kind::Usage,
            Self::Busy { .. } | Self::Forbidden { .. } => Kind::Refused,
            Self::Skew { .. } => Kind::Protocol,
            _ => Kind::Port,
        }
    }
}

impl From<FleetError> for Failure {
    fn from(error: FleetError) -> Self {
        Self::new(error.kind(), error.to_string())
    }
}
