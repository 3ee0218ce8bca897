//! Boards at the end of a line, as they are described to a gateway.

use std::sync::{Arc, Mutex};

use serialtalk_hal::OpenError;
use serialtalk_hal::asynch::AsyncAnyLink;
use serialtalk_hal::contract::Interface;
use serialtalk_hal::memory::MemoryLink;
use serialtalk_hal::serial::SerialOptions;

use super::link::Link;
use super::poll::Poll;
use crate::keys::Address;
use crate::lock::lock;

/// The bits per second of a serial port unless something else is said.
const BAUD: u32 = 115_200;

/// A board at the end of a line, and what its gateway does with it.
#[derive(Debug)]
pub struct Port {
    pub(super) board: String,
    /// What connects it, as its users know it.
    pub(super) link: String,
    pub(super) is_checked: bool,
    pub(super) contract: Option<Interface>,
    pub(super) publish: Option<Vec<String>>,
    pub(super) forward: Option<Address>,
    pub(super) poll: Vec<Poll>,
    pub(super) allow: Vec<String>,
    baud: u32,
    simulated: Option<MemoryLink>,
}

impl Port {
    /// The board `board` at `target`: a serial port such as `/dev/ttyUSB0`, `usb:2e8a:0005` or `usb:2e8a:0005:SERIAL`, or a
    /// connection such as `tcp://robot.local:8266`. It is opened again whenever it is lost.
    pub fn new(board: impl Into<String>, target: impl Into<String>) -> Self {
        Self {
            board: board.into(),
            link: target.into(),
            is_checked: false,
            contract: None,
            publish: None,
            forward: None,
            poll: Vec::new(),
            allow: Vec::new(),
            baud: BAUD,
            simulated: None,
        }
    }

    /// The board `board` in this program, which has the other end of a [pair](serialtalk_hal::memory::pair).
    pub fn simulated(board: impl Into<String>, link: MemoryLink) -> Self {
        Self { simulated: Some(link), ..Self::new(board, "simulation") }
    }

    /// The bits per second of a serial port; 115,200 by default.
    #[must_use]
    pub fn baud(self, baud: u32) -> Self {
        Self { baud, ..self }
    }

    /// Calls the board over the checked link alone. Without this, the board is asked whether it speaks it.
    #[must_use]
    pub fn checked(self) -> Self {
        Self { is_checked: true, ..self }
    }

    /// The commands of the board, which otherwise is asked for them at each connection.
    #[must_use]
    pub fn contract(self, contract: Interface) -> Self {
        Self { contract: Some(contract), ..self }
    }

    /// The commands that are published when the board calls them; by default all, unless they are forwarded. The board gets an empty
    /// reply.
    #[must_use]
    pub fn publish<T: Into<String>>(self, commands: impl IntoIterator<Item = T>) -> Self {
        Self { publish: Some(commands.into_iter().map(Into::into).collect()), ..self }
    }

    /// Forwards what the board calls and what is not published to another board, such as a service of another program, which has
    /// one second to reply.
    #[must_use]
    pub fn forward(self, to: Address) -> Self {
        Self { forward: Some(to), ..self }
    }

    /// Calls a command again and again, and publishes what it returns.
    #[must_use]
    pub fn poll(mut self, poll: Poll) -> Self {
        self.poll.push(poll);
        self
    }

    /// Lets blocked commands through: `module`, which loads a module on the board, `enable repl` and `disable repl`.
    #[must_use]
    pub fn allow<T: Into<String>>(self, commands: impl IntoIterator<Item = T>) -> Self {
        Self { allow: commands.into_iter().map(Into::into).collect(), ..self }
    }

    /// What opens the link, again and again.
    pub(super) fn opener(&mut self) -> impl Fn() -> Opening + Send + use<> {
        let (target, baud) = (self.link.clone(), self.baud);
        let is_simulated = self.simulated.is_some();
        let simulated = Arc::new(Mutex::new(self.simulated.take()));
        move || {
            let (target, simulated) = (target.clone(), Arc::clone(&simulated));
            Box::pin(async move {
                if is_simulated {
                    let ended = OpenError::BadTarget { target: target.clone() };
                    return lock(&simulated).take().map(Link::Memory).ok_or(ended);
                }
                AsyncAnyLink::open(&target, SerialOptions::new(baud)).await.map(Link::Opened)
            })
        }
    }
}

pub(super) type Opening = std::pin::Pin<Box<dyn Future<Output = Result<Link, OpenError>> + Send>>;
