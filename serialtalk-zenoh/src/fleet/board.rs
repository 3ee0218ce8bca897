//! A board in `fleet.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serialtalk_hal::contract::Interface;

use super::FleetFileError;
use crate::keys::Address;
use crate::{Poll, Port, demo};

/// A board, and what leads to it.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Table")]
pub(super) struct BoardTable {
    table: Table,
    link: Link,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    port: Option<String>,
    usb: Option<String>,
    tcp: Option<String>,
    #[serde(default)]
    simulate: bool,
    baud: Option<u32>,
    #[serde(default)]
    checked: bool,
    contract: Option<PathBuf>,
    publish: Option<Vec<String>>,
    forward: Option<Text<Address>>,
    #[serde(default)]
    poll: Vec<Text<Poll>>,
    #[serde(default)]
    allow: Vec<String>,
}

#[derive(Debug)]
enum Link {
    Target(String),
    Simulation,
}

/// Something that is written as a text.
#[derive(Debug, Clone)]
struct Text<T>(T);

impl<'de, T: std::str::FromStr<Err: std::fmt::Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl TryFrom<Table> for BoardTable {
    type Error = &'static str;

    fn try_from(table: Table) -> Result<Self, Self::Error> {
        let port = table.port.clone();
        let usb = table.usb.as_ref().map(|usb| format!("usb:{usb}"));
        let tcp = table.tcp.as_ref().map(|tcp| format!("tcp://{tcp}"));
        let mut targets = [port, usb, tcp].into_iter().flatten();
        let link = match (targets.next(), targets.next(), table.simulate) {
            (Some(target), None, false) => Link::Target(target),
            (None, None, true) => Link::Simulation,
            _ => {
                return Err(
                    "a board has one of `port = \"/dev/ttyUSB0\"`, `usb = \"2e8a:0005\"`, `tcp = \"robot.local:8266\"` \
                     and `simulate = true`",
                );
            }
        };
        Ok(Self { table, link })
    }
}

impl BoardTable {
    /// The board called `name`. Paths begin at `folder`.
    pub(super) fn port(&self, name: &str, folder: &Path) -> Result<Port, FleetFileError> {
        let table = &self.table;
        let port = match &self.link {
            Link::Target(target) => Port::new(name, target),
            Link::Simulation => demo::board(name),
        };
        let port = port.allow(&table.allow);
        let port = table.baud.iter().fold(port, |port, baud| port.baud(*baud));
        let port = table.publish.iter().fold(port, Port::publish);
        let port = table.forward.iter().fold(port, |port, Text(address)| port.forward(address.clone()));
        let port = table.poll.iter().fold(port, |port, Text(poll)| port.poll(poll.clone()));
        let port = if table.checked { port.checked() } else { port };
        match &table.contract {
            Some(path) => Ok(port.contract(contract(&folder.join(path))?)),
            None => Ok(port),
        }
    }
}

/// Reads a contract from a file: the interface of a trait as JSON, as serde writes it.
fn contract(path: &Path) -> Result<Interface, FleetFileError> {
    let text = fs::read_to_string(path)
        .map_err(|error| FleetFileError::File { path: path.into(), text: error.to_string() })?;
    serde_json::from_str(&text)
        .map_err(|error| FleetFileError::Content { path: path.into(), text: error.to_string() })
}
