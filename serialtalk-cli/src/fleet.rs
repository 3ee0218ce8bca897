//! Boards at gateways, which are reached over Zenoh.

mod list;
mod remote;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serialtalk::Timeout;
use serialtalk::proto::Carrier;
use serialtalk_zenoh::keys::Address;
use serialtalk_zenoh::zenoh::Session;
use serialtalk_zenoh::{Access, AccessError, Certificates, FleetError};

use crate::boards::{Board, FLEET};
use crate::config::Fleet;
use crate::failure::{Breach, Failure, Kind, Result};

pub(crate) use list::{list, realm};
pub(crate) use remote::Remote;

/// Opens a board if it is at a gateway, and waits until it answers, unless it has no `echo`.
pub(crate) fn open(board: &Board) -> Result<Option<Remote>> {
    let Some(fleet) = &board.fleet else { return Ok(None) };
    let address = address(board.target.trim_start_matches(FLEET), fleet)?;
    let session = session(fleet, board.wait)?;
    let timeout = Timeout::Ms(board.timeout_ms());
    let mut remote = Remote::new(serialtalk_zenoh::Board::new(&session, address).with_timeout(timeout));
    if board.has_echo {
        let wait_ms = u32::try_from(board.wait.as_millis()).unwrap_or(u32::MAX);
        remote.wait_until_ready(board.timeout_ms().max(wait_ms))?;
    }
    Ok(Some(remote))
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
