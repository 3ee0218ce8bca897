//! Boards that have a name: `serialtalk.toml`.
//!
//! The nearest file of this name, in the folder where the program runs or one above it, and the user's own
//! `serialtalk/config.toml` count together; a board that both have is that of the nearest file.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::{Failure, Result};

/// The name of the file of a project.
pub(crate) const FILE: &str = "serialtalk.toml";

/// The environment variable that names the only file to be read.
const VARIABLE: &str = "SERIALTALK_CONFIG";

/// The boards that have a name.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The board, or the group, that is meant where none is named.
    pub(crate) default: Option<String>,
    /// Boards by name.
    #[serde(default)]
    pub(crate) board: BTreeMap<String, Board>,
    /// Names that stand for several boards.
    #[serde(default)]
    pub(crate) group: BTreeMap<String, Vec<String>>,
    /// How gateways are reached.
    pub(crate) fleet: Option<Fleet>,
}

/// How gateways are reached.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fleet {
    /// The realm of boards that are named without one.
    pub(crate) realm: Option<String>,
    /// Addresses of routers, of which the first that answers counts; the gateway of this machine if there are none.
    #[serde(default)]
    pub(crate) connect: Vec<String>,
    /// What shows who this is.
    pub(crate) certificates: Option<Certificates>,
    /// Whether addresses without encryption are allowed.
    #[serde(default)]
    pub(crate) insecure: bool,
}

/// Files of certificates. Their paths begin at the folder of the file that names them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificates {
    pub(crate) ca: PathBuf,
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// How one board is reached.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Board {
    /// A path, `usb:VENDOR:PRODUCT[:SERIAL]`, `tcp://HOST:PORT` or `auto`.
    pub(crate) port: String,
    /// Bits per second.
    pub(crate) baud: Option<u32>,
    /// The level of DTR when the port is opened.
    pub(crate) dtr: Option<bool>,
    /// The level of RTS when the port is opened.
    pub(crate) rts: Option<bool>,
    /// Whether the board answers `echo`; it is not asked if it does not.
    pub(crate) echo: Option<bool>,
    /// How long a call may take: `800ms`, `5s`.
    #[serde(default, with = "humantime_serde::option")]
    pub(crate) timeout: Option<std::time::Duration>,
}

impl Config {
    /// Reads the file that `SERIALTALK_CONFIG` names, or those of the project and of the user.
    pub(crate) fn load() -> Result<Self> {
        if let Some(path) = env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
            let path = PathBuf::from(path);
            return read(&path)?.ok_or_else(|| {
                Failure::usage(format!("{}: no such file; {VARIABLE} names it", path.display()))
            });
        }
        let folder = env::current_dir().map_err(|error| Failure::file(Path::new("."), &error))?;
        let mut config = Self::default();
        for path in nearest(&folder).into_iter().chain(of_user()) {
            config.add(read(&path)?.unwrap_or_default());
        }
        Ok(config)
    }

    /// Adds what is not known yet.
    fn add(&mut self, other: Self) {
        self.default = self.default.take().or(other.default);
        self.fleet = self.fleet.take().or(other.fleet);
        for (name, board) in other.board {
            self.board.entry(name).or_insert(board);
        }
        for (name, boards) in other.group {
            self.group.entry(name).or_insert(boards);
        }
    }
}

/// The file of the project, in this folder or the nearest one above it.
pub(crate) fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file())
}

/// The user's own file, whether it exists or not.
pub(crate) fn of_user() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("serialtalk").join("config.toml"))
}

/// Reads a file; `None` if there is none.
fn read(path: &Path) -> Result<Option<Config>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::file(path, &error)),
    };
    let bad = |text: String| Failure::usage(format!("{}: {}", path.display(), text.trim_end()));
    let mut config: Config = toml_edit::de::from_str(&text).map_err(|error| bad(error.to_string()))?;
    config.check().map_err(bad)?;
    if let (Some(fleet), Some(folder)) = (&mut config.fleet, path.parent()) {
        fleet.begin_at(folder);
    }
    Ok(Some(config))
}

impl Fleet {
    /// Has relative paths begin at a folder.
    fn begin_at(&mut self, folder: &Path) {
        if let Some(Certificates { ca, certificate, key }) = &mut self.certificates {
            [ca, certificate, key].into_iter().for_each(|path| *path = folder.join(&*path));
        }
    }
}

impl Config {
    fn check(&self) -> std::result::Result<(), String> {
        for name in self.board.keys().chain(self.group.keys()) {
            if !is_name(name) {
                return Err(format!(
                    "{name:?} cannot name a board: expected letters, digits, `-`, `_` and `.`, and not `auto`"
                ));
            }
        }
        if let Some((name, _)) = self.group.iter().find(|(_, boards)| boards.is_empty()) {
            return Err(format!("the group `{name}` has no boards"));
        }
        match self.group.keys().find(|name| self.board.contains_key(*name)) {
            Some(name) => Err(format!("`{name}` is a board and a group: rename one")),
            None => Ok(()),
        }
    }
}

/// Whether a text names a board rather than a port.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text != "auto"
        && text.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
}
