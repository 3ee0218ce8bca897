//! What gateways tell of their boards, as JSON.

use serde::{Deserialize, Serialize};
use serialtalk_hal::contract::Interface;

use crate::id::Incarnation;

/// What a gateway tells of one board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BoardInfo {
    /// The name of the board.
    pub board: String,
    /// The gateway that has it.
    pub gateway: String,
    /// The run of the gateway.
    pub incarnation: Incarnation,
    /// Whether the board is connected.
    pub state: BoardState,
    /// Since when it is in this state, in milliseconds since 1970.
    pub since_ms: u64,
    /// What connects it: a port, an address, `service`.
    pub link: String,
    /// Its commands, as far as they are known.
    pub interface: Option<Interface>,
}

/// Whether a board is connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "reason", rename_all = "snake_case")]
pub enum BoardState {
    /// It is connected.
    Up,
    /// It is not, for this reason.
    Down(String),
}

/// What a gateway tells of all its boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GatewayList {
    /// The name of the gateway.
    pub gateway: String,
    /// The run of the gateway.
    pub incarnation: Incarnation,
    /// Its boards, sorted by name.
    pub boards: Vec<Listed>,
}

/// A board in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Listed {
    /// The name of the board.
    pub board: String,
    /// Whether it is connected.
    pub up: bool,
    /// The hash of its interface, if its commands are known.
    pub hash: Option<u32>,
}

/// Something that happened to a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// Counted by the gateway from 1: a gap tells of lost events.
    pub number: u64,
    /// The gateway.
    pub gateway: String,
    /// The run of the gateway.
    pub incarnation: Incarnation,
    /// The board.
    pub board: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// What can happen to a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// It is connected.
    Up,
    /// It is not connected any more.
    Down {
        /// Why not.
        reason: String,
    },
    /// It restarted.
    Reset,
}
