//! Which boards a command is for.

use std::env;
use std::path::Path;
use std::time::Duration;

use serialtalk_hal::OpenError;
use serialtalk_hal::ports::{self, PortName};
use serialtalk_hal::serial::SerialOptions;

use crate::arguments::Global;
use crate::config::{self, Config, is_name};
use crate::failure::{Failure, Result};
use crate::runtime::{self, DEMO};

/// Bits per second if nobody says otherwise.
const BAUD: u32 = 115_200;

/// How long an answer may take if nobody says otherwise.
const TIMEOUT: Duration = Duration::from_secs(5);

/// What the target of a board at a gateway begins with.
pub(crate) const FLEET: &str = "fleet:";

/// The longest time that an answer may take: milliseconds of 31 bits.
const MAX_TIMEOUT: Duration = Duration::from_millis(i32::MAX as u64);

/// A board: its name, and how it is reached.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Board {
    /// Its name, or what opens it if it has none.
    pub(crate) name: String,
    /// What opens it: a path, `usb:VENDOR:PRODUCT[:SERIAL]` or `tcp://HOST:PORT`.
    pub(crate) target: String,
    /// Bits per second.
    pub(crate) baud: u32,
    /// How a serial port is opened.
    pub(crate) options: SerialOptions,
    /// Whether it answers `echo`.
    pub(crate) has_echo: bool,
    /// How long an answer may take.
    pub(crate) timeout: Duration,
    /// How long the port may be missing.
    pub(crate) wait: Duration,
    /// How its gateway is reached, if it is at one.
    pub(crate) fleet: Option<config::Fleet>,
}

impl Board {
    /// How long an answer may take, in milliseconds.
    pub(crate) fn timeout_ms(&self) -> u32 {
        u32::try_from(self.timeout.as_millis()).unwrap_or(u32::MAX)
    }

    /// The line called `link` as errors name it, with its speed if it has one.
    pub(crate) fn opened_as(&self, link: &str) -> String {
        match self.target.starts_with("tcp://") || self.fleet.is_some() {
            true => link.to_owned(),
            false => format!("{link} at {} baud", self.baud),
        }
    }
}

/// The boards that the command line means: those of `--board`, of the environment, of the default in the configuration, or the
/// only port there is.
pub(crate) fn chosen(global: &Global, config: &Config) -> Result<Vec<Board>> {
    let named = named(global, config);
    let mut boards: Vec<Board> = Vec::new();
    for name in named.as_deref().unwrap_or("auto").split(',') {
        for board in resolved(name.trim(), global, config)? {
            if !boards.iter().any(|known| known.name == board.name) {
                boards.push(board);
            }
        }
    }
    Ok(boards)
}

/// What the command line says of boards.
fn named(global: &Global, config: &Config) -> Option<String> {
    #[cfg(feature = "fleet")]
    if let Some(fleet) = &global.fleet {
        let targets: Vec<_> = fleet.split(',').map(|name| format!("{FLEET}{}", name.trim())).collect();
        return Some(targets.join(","));
    }
    global.board.clone().or_else(|| default_name(config))
}

/// How the gateway of a board is reached, if it is at one.
#[cfg(feature = "fleet")]
fn fleet_of(target: &str, config: &Config) -> Result<Option<config::Fleet>> {
    Ok(target.starts_with(FLEET).then(|| config.fleet.clone().unwrap_or_default()))
}

/// There are no boards at gateways.
#[cfg(not(feature = "fleet"))]
fn fleet_of(target: &str, _config: &Config) -> Result<Option<config::Fleet>> {
    match target.starts_with(FLEET) {
        false => Ok(None),
        true => Err(Failure::usage(format!("{target}: this program reaches no boards at gateways"))
            .hint("cargo install serialtalk-cli --features fleet")),
    }
}

/// The board, or the boards, that are meant where the command line names none; `None` for the only port there is.
pub(crate) fn default_name(config: &Config) -> Option<String> {
    let of_environment = variable("SERIALTALK_BOARD").or_else(|| variable("SERIALTALK_PORT"));
    of_environment.or_else(|| config.default.clone())
}

/// The only board that the command line means, for a `command` that takes no more.
pub(crate) fn only(global: &Global, config: &Config, command: &str) -> Result<Board> {
    let mut boards = chosen(global, config)?;
    match boards.len() {
        1 => Ok(boards.remove(0)),
        _ => {
            let names: Vec<_> = boards.iter().map(|board| board.name.as_str()).collect();
            let text = format!("`{command}` is for one board, and these are {}", names.join(", "));
            Err(Failure::usage(text).hint("name one with --board"))
        }
    }
}

/// The value of an environment variable that is not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The boards of one name: a board, a group or a port.
fn resolved(name: &str, global: &Global, config: &Config) -> Result<Vec<Board>> {
    if let Some(members) = config.group.get(name) {
        let member = |member: &String| match config.board.get(member) {
            Some(board) => board_of(member, &board.port, Some(board), global, config),
            None => Err(unknown(member, config).hint(format!("mend the group `{name}`"))),
        };
        return members.iter().map(member).collect();
    }
    let board = match config.board.get(name) {
        Some(board) => board_of(name, &board.port, Some(board), global, config),
        None if name == DEMO => match runtime::noted(DEMO) {
            Some(target) => board_of(name, &target, None, global, config),
            None => Err(Failure::usage("no demo board runs").hint("serialtalk demo, in another terminal")),
        },
        None if name == "auto" => only_port(global, config),
        None if is_name(name) && !is_port(name) => Err(unknown(name, config)),
        None => board_of(name.trim_start_matches(FLEET), name, None, global, config),
    };
    Ok(vec![board?])
}

/// The only port on USB; the demo board if nothing is on USB and it runs; the only port.
fn only_port(global: &Global, config: &Config) -> Result<Board> {
    let is_on_usb = ports::list()?.iter().any(|port| port.usb.is_some());
    if !is_on_usb && let Some(target) = runtime::noted(DEMO) {
        return board_of(DEMO, &target, None, global, config);
    }
    match PortName::Only.find() {
        Ok(path) => board_of(&path, &path, None, global, config),
        // It may come yet.
        Err(OpenError::NotTheOnlyOne { ports }) if ports.is_empty() && global.wait.is_some() => {
            board_of("auto", "auto", None, global, config)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a text without `/` and `:` is a port all the same: `COM3`, a file in this folder.
fn is_port(name: &str) -> bool {
    let is_of_windows = name.strip_prefix("COM").is_some_and(|number| number.parse::<u16>().is_ok());
    is_of_windows || Path::new(name).exists()
}

fn unknown(name: &str, config: &Config) -> Failure {
    let known: Vec<_> = config.board.keys().chain(config.group.keys()).map(String::as_str).collect();
    let failure = Failure::usage(match known.as_slice() {
        [] => format!("no board is called `{name}`: no {} names any", config::FILE),
        known => format!("no board is called `{name}`; there are {}", known.join(", ")),
    });
    failure.hint(format!("serialtalk ports --save {name}"))
}

fn board_of(
    name: &str,
    target: &str,
    board: Option<&config::Board>,
    global: &Global,
    config: &Config,
) -> Result<Board> {
    let baud = match (global.baud, variable("SERIALTALK_BAUD")) {
        (Some(baud), _) => baud,
        (None, Some(text)) => text.parse().map_err(|_| {
            Failure::usage(format!("SERIALTALK_BAUD={text}: expected bits per second, such as 115200"))
        })?,
        (None, None) => board.and_then(|board| board.baud).unwrap_or(BAUD),
    };
    if baud == 0 {
        return Err(Failure::usage("0 bits per second: expected a speed such as 115200"));
    }
    let timeout = match (global.timeout, variable("SERIALTALK_TIMEOUT")) {
        (Some(timeout), _) => timeout,
        (None, Some(text)) => humantime::parse_duration(&text).map_err(|error| {
            Failure::usage(format!("SERIALTALK_TIMEOUT={text}: {error}; expected a time such as 800ms or 5s"))
        })?,
        (None, None) => board.and_then(|board| board.timeout).unwrap_or(TIMEOUT),
    };
    if !(Duration::from_millis(1)..=MAX_TIMEOUT).contains(&timeout) {
        let shown = humantime::format_duration(timeout);
        return Err(Failure::usage(format!(
            "a timeout of {shown}: expected at least 1ms and at most 24days"
        )));
    }
    let mut options = SerialOptions::new(baud);
    if let Some(level) = global.dtr.map(bool::from).or(board.and_then(|board| board.dtr)) {
        options = options.dtr(level);
    }
    if let Some(level) = global.rts.map(bool::from).or(board.and_then(|board| board.rts)) {
        options = options.rts(level);
    }
    Ok(Board {
        name: name.to_owned(),
        target: target.to_owned(),
        baud,
        options,
        has_echo: !global.no_echo && board.and_then(|board| board.echo).unwrap_or(true),
        timeout,
        wait: global.wait.unwrap_or_default(),
        fleet: fleet_of(target, config)?,
    })
}
