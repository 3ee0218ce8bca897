//! What a gateway or a router is told in a file, `fleet.toml`.

mod board;
mod rules;
#[cfg(test)]
mod tests;
mod user;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serialtalk::Timeout;

use self::board::BoardTable;
use self::user::User;
use crate::{Access, Certificates, Gateway};

/// What a gateway or a router is told in a file, by default `fleet.toml`.
///
/// ```toml
/// realm = "robots"
/// gateway = "cell1"
/// # Without these two, programs of this machine and this user connect by a socket.
/// listen = ["quic/0.0.0.0:7447"]
/// certificates = { ca = "ca.pem", certificate = "cell1.pem", key = "cell1.key" }
///
/// [board.arm1]
/// port = "/dev/ttyUSB0"       # or usb = "2e8a:0005", tcp = "robot.local:8266", simulate = true
/// baud = 921600               # 115200 by default
/// checked = true              # calls it over the checked link alone
/// contract = "robot.json"     # otherwise it is asked for its commands
/// publish = ["log"]           # what it calls by itself; all by default
/// forward = "robots/office/planner"   # where everything else goes that it calls
/// poll = ["imu=50Hz"]         # called again and again, and published
/// allow = ["module"]          # blocked otherwise, as `enable repl` and `disable repl`
///
/// # Who may do what, for the first router to which they connect.
/// [user.viewer]
/// certificate = "viewer.example"      # the common name in it
/// may = ["robots/*/arm1: imu, led", "robots/cell2/*: *"]
///
/// [gateways]
/// cell1 = "cell1.example"
///
/// # routers = ["router2.example"]
/// ```
///
/// Paths begin at the folder of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fleet {
    #[serde(default = "default_realm")]
    realm: String,
    gateway: Option<String>,
    #[serde(default)]
    listen: Vec<String>,
    #[serde(default)]
    connect: Vec<String>,
    certificates: Option<Files>,
    #[serde(default)]
    insecure: bool,
    #[serde(default, rename = "board")]
    boards: BTreeMap<String, BoardTable>,
    #[serde(default, rename = "user")]
    users: BTreeMap<String, User>,
    /// The common names of the certificates of gateways, by their names.
    #[serde(default)]
    gateways: BTreeMap<String, String>,
    /// The common names of the certificates of other routers.
    #[serde(default)]
    routers: Vec<String>,
    /// The file.
    #[serde(skip)]
    path: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    ca: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

/// A file tells nothing that a gateway or a router can do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FleetFileError {
    /// It cannot be read.
    #[error("{}: {text}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        text: String,
    },
    /// It says something else than is expected there.
    #[error("{}: {text}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// Where, and what is expected.
        text: String,
    },
    /// It is to describe a gateway, and names none.
    #[error("{}: it names no gateway: write `gateway = \"cell1\"`, a name that no other gateway has", path.display())]
    NoGateway {
        /// The file.
        path: PathBuf,
    },
    /// It is to describe a router, and says where others are, but not where it is reached.
    #[error(
        "{}: a router that connects needs an address of its own: write `listen = [\"quic/0.0.0.0:7447\"]`",
        path.display()
    )]
    NoAddress {
        /// The file.
        path: PathBuf,
    },
}

fn default_realm() -> String {
    "robots".into()
}

impl Fleet {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, and whatever in it is not understood, with its line and column.
    pub fn read(path: &Path) -> Result<Self, FleetFileError> {
        let text = fs::read_to_string(path)
            .map_err(|error| FleetFileError::File { path: path.into(), text: error.to_string() })?;
        let fleet: Self = toml::from_str(&text)
            .map_err(|error| FleetFileError::Content { path: path.into(), text: error.to_string() })?;
        Ok(Self { path: path.into(), ..fleet })
    }

    /// Where the paths in the file begin.
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// How a gateway reaches the others: as a client of the routers to which it connects, or listening itself. It waits for a router
    /// as long as none is there.
    pub fn access(&self) -> Access {
        let access = match (&self.listen[..], &self.connect[..]) {
            ([], []) => Access::listen_here(),
            ([], connect) => Access::connect(connect).connect_within(Timeout::Never),
            (listen, []) => Access::listen(listen),
            (listen, connect) => Access::listen(listen).with_routers(connect),
        };
        let access = match &self.certificates {
            Some(files) => access.certificates(Certificates {
                ca: self.folder().join(&files.ca),
                certificate: self.folder().join(&files.certificate),
                key: self.folder().join(&files.key),
            }),
            None => access,
        };
        let access = if self.insecure { access.insecure() } else { access };
        match self.rules() {
            Some(rules) if !self.listen.is_empty() => access.rules(rules),
            _ => access,
        }
    }

    /// How a router reaches the others.
    ///
    /// # Errors
    ///
    /// A file that says where other routers are, and not where this one listens.
    pub fn router(&self) -> Result<Access, FleetFileError> {
        if self.listen.is_empty() && !self.connect.is_empty() {
            return Err(FleetFileError::NoAddress { path: self.path.clone() });
        }
        Ok(self.access())
    }

    /// The gateway with its boards.
    ///
    /// # Errors
    ///
    /// A file that names no gateway, and a contract that cannot be read.
    pub fn gateway(&self) -> Result<Gateway, FleetFileError> {
        let no_name = || FleetFileError::NoGateway { path: self.path.clone() };
        let name = self.gateway.as_ref().ok_or_else(no_name)?;
        let mut gateway = Gateway::new(&self.realm, name);
        for (board, table) in &self.boards {
            gateway = gateway.board(table.port(board, self.folder())?);
        }
        Ok(gateway)
    }
}
