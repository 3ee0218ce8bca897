//! Puts boards on the network: those at the serial ports of a machine, and services of a program.

mod contract;
mod events;
mod from_board;
mod guard;
mod line;
mod link;
mod outcomes;
mod poll;
mod port;
mod pulse;
mod queries;
mod reply;
mod running;
mod seat;
mod service;
mod status;
mod streams;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use serialtalk::Service;
use zenoh::Session;

use self::contract::{Contracts, of_service};
use self::events::Events;
use self::from_board::FromBoard;
use self::guard::Guard;
use self::line::{Driver, Terms, drive};
pub use self::poll::{BadPoll, Poll};
pub use self::port::Port;
use self::reply::Answers;
pub use self::running::RunningGateway;
use self::seat::{Seat, Work};
use self::service::Local;
use self::status::Status;
use self::streams::Streams;
use crate::Board;
use crate::keys::Address;

/// Boards that are to be put on the network, at `realm/gateway/board`.
///
/// ```no_run
/// # #[serialtalk::interface]
/// # trait Robot { fn mult(&mut self, a: f32, b: f32) -> f32; }
/// # struct Fake;
/// # impl Robot for Fake { fn mult(&mut self, a: f32, b: f32) -> f32 { a * b } }
/// use serialtalk_zenoh::{Gateway, Port};
///
/// # fn start(session: &zenoh::Session) -> Result<(), serialtalk_zenoh::GatewayError> {
/// let gateway = Gateway::new("robots", "cell1")
///     .port("arm1", "/dev/ttyUSB0")
///     .board(Port::new("arm2", "usb:2e8a:0005").checked().poll("imu=50Hz".parse().unwrap()))
///     .service("arm3", RobotServer::new(Fake))
///     .start(session)?;
/// # drop(gateway);
/// # Ok(())
/// # }
/// ```
pub struct Gateway {
    realm: String,
    name: String,
    ports: Vec<Port>,
    services: Vec<(String, Local, Option<serialtalk_hal::contract::Interface>)>,
}

/// A gateway cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GatewayError {
    /// Two boards of the gateway have one name.
    #[error("two boards are called {0:?}: give them different names")]
    Twice(String),
    /// Another gateway of the realm has the name.
    #[error(
        "another gateway is called {realm}/{gateway}, and runs: give one of them another name, or end the other"
    )]
    NameTaken {
        /// The realm.
        realm: String,
        /// The name.
        gateway: String,
    },
    /// The realm, the gateway or a board has no name.
    #[error("the realm, the gateway and every board need a name")]
    NoName,
    /// Zenoh refuses.
    #[error("Zenoh: {text}")]
    Engine {
        /// Its words.
        text: String,
    },
    /// The operating system has no threads left.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Gateway {
    /// A gateway without boards: `name` in the installation `realm`.
    pub fn new(realm: impl Into<String>, name: impl Into<String>) -> Self {
        Self { realm: realm.into(), name: name.into(), ports: Vec::new(), services: Vec::new() }
    }

    /// Adds a board at what [`Port::new`] takes.
    #[must_use]
    pub fn port(self, board: impl Into<String>, target: impl Into<String>) -> Self {
        self.board(Port::new(board, target))
    }

    /// Adds a board at the end of a line.
    #[must_use]
    pub fn board(mut self, port: Port) -> Self {
        self.ports.push(port);
        self
    }

    /// Adds a service of this program, without a line. Its commands are called one after the other, by a thread of the gateway.
    #[must_use]
    pub fn service<S: Service + Send + 'static>(mut self, board: impl Into<String>, service: S) -> Self {
        self.services.push((board.into(), Local::new(service), of_service(S::NAMES)));
        self
    }

    /// The addresses of its boards, sorted by name.
    pub fn addresses(&self) -> impl Iterator<Item = String> {
        let ports = self.ports.iter().map(|port| &port.board);
        let mut boards: Vec<_> = ports.chain(self.services.iter().map(|(board, ..)| board)).collect();
        boards.sort_unstable();
        boards.into_iter().map(|board| Address::new(&self.realm, &self.name, board).to_string())
    }

    /// Puts the boards on the network of a session, until what is returned is dropped. Needs no runtime, and blocks: for a moment, or,
    /// if a gateway of the same name is there, until that is known to run, which takes 2.5 s.
    ///
    /// # Errors
    ///
    /// Names that are taken, and errors of Zenoh and of the operating system.
    pub fn start(self, session: &Session) -> Result<RunningGateway, GatewayError> {
        running::start(self, session)
    }

    /// All boards, with what drives their lines.
    fn seats(self, session: &Session, events: &Events) -> Result<(Seats, Vec<Driver>), GatewayError> {
        let contracts = Arc::new(Contracts::default());
        let answers = Answers::start()?;
        let mut seats = Seats::new();
        let mut drivers = Vec::new();
        for (board, local, interface) in self.services {
            let contract = interface.map(|interface| contracts.share(interface));
            let status = Arc::new(Status::new(&board, events.clone(), contract));
            status.up();
            let work = Work::Service(Arc::new(local));
            add(
                &mut seats,
                Seat::new(board, "service".into(), Guard::default(), status, answers.clone(), work),
            )?;
        }
        for mut port in self.ports {
            let open = port.opener();
            let contract = port.contract.map(|contract| contracts.share(contract));
            let asked = contract.is_none().then(|| Arc::clone(&contracts));
            let status = Arc::new(Status::new(&port.board, events.clone(), contract));
            let board = Address::new(&self.realm, &self.name, &port.board);
            let streams = Arc::new(Streams::new(session.clone(), board));
            let forward = port.forward.map(|to| Board::new(session, to));
            let from_board = FromBoard { streams: Arc::clone(&streams), publish: port.publish, forward };
            let terms = Terms {
                name: port.link.clone(),
                is_checked: port.is_checked,
                status: Arc::clone(&status),
                contracts: asked,
                from_board,
            };
            let (line, driver) = drive(terms, open);
            drivers.push(driver);
            for poll in port.poll {
                let polling = poll::run(poll, line.clone(), Arc::clone(&status), Arc::clone(&streams));
                drivers.push(Box::pin(polling));
            }
            let guard = Guard { allow: port.allow };
            let work = Work::Line(line);
            add(&mut seats, Seat::new(port.board, port.link, guard, status, answers.clone(), work))?;
        }
        Ok((seats, drivers))
    }
}

/// The boards of a gateway, by their names.
type Seats = HashMap<String, Arc<Seat>>;

fn add(seats: &mut Seats, seat: Seat) -> Result<(), GatewayError> {
    let name = seat.name.clone();
    match seats.insert(name, Arc::new(seat)) {
        None => Ok(()),
        Some(twin) => Err(GatewayError::Twice(twin.name.clone())),
    }
}

impl GatewayError {
    fn engine(error: &dyn std::fmt::Display) -> Self {
        Self::Engine { text: error.to_string() }
    }
}
