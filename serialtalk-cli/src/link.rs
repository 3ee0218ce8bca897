//! The line to a board: its port, or the socket of a program that has it open.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::link::{Link, Received};
#[cfg(unix)]
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{AnyLink, Interrupter, Interruptible, LinkError, OpenError};

use crate::boards::Board;
use crate::failure::Result;
use crate::pause::{Opened, Pause};
#[cfg(unix)]
use crate::sharing;

/// How often a missing port is looked for.
const LOOK_EACH: Duration = Duration::from_millis(50);

/// The line to a board.
pub(crate) struct BoardLink {
    /// Nothing once the link had to make room for another program.
    line: Option<Line>,
    name: String,
    pause: Pause,
}

/// What carries the bytes.
enum Line {
    /// The port.
    Port(AnyLink, #[expect(dead_code, reason = "dropped with the port")] Opened),
    /// The socket of a program that has the port open.
    #[cfg(unix)]
    Holder(SocketLink<std::os::unix::net::UnixStream>),
}

impl BoardLink {
    /// Opens the line, as soon as its port is there if that may take a while.
    pub(crate) fn open(board: &Board, pause: &Pause) -> Result<Self> {
        let deadline = Instant::now() + board.wait;
        loop {
            match Self::open_once(board, pause) {
                Ok(link) => return Ok(link),
                Err(error) if may_pass(&error) && Instant::now() < deadline => thread::sleep(LOOK_EACH),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Opens the line if its port is there, and `pause` does not ask for room.
    pub(crate) fn open_once(board: &Board, pause: &Pause) -> std::result::Result<Self, OpenError> {
        #[cfg(unix)]
        if let Some(socket) = sharing::join(board)? {
            return Ok(Self {
                name: socket.name().to_owned(),
                line: Some(Line::Holder(socket)),
                pause: pause.clone(),
            });
        }
        if pause.is_asked_for() {
            return Err(OpenError::Busy { port: board.target.clone() });
        }
        Self::open_port(board, pause)
    }

    /// Opens the port itself, whoever has it open.
    pub(crate) fn open_port(board: &Board, pause: &Pause) -> std::result::Result<Self, OpenError> {
        let port = AnyLink::open(&board.target, board.options)?;
        Ok(Self {
            name: port.name().to_owned(),
            line: Some(Line::Port(port, pause.opened())),
            pause: pause.clone(),
        })
    }

    /// Its name in errors.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether another program has the port open, and forwards plain frames.
    pub(crate) fn is_forwarded(&self) -> bool {
        !matches!(self.line, Some(Line::Port(..)))
    }

    /// The line, unless room for another program is asked for.
    fn line(&mut self) -> std::result::Result<&mut Line, LinkError> {
        if self.pause.is_asked_for() && !self.is_forwarded() {
            self.line = None;
        }
        self.line.as_mut().ok_or_else(|| LinkError::NotConnected {
            port: self.name.clone(),
            reason: "another program has asked for the port".into(),
        })
    }
}

/// Whether the port may be there later.
fn may_pass(error: &OpenError) -> bool {
    match error {
        OpenError::NotTheOnlyOne { ports } => ports.is_empty(),
        OpenError::NotFound { .. } | OpenError::Refused { .. } | OpenError::Busy { .. } => true,
        OpenError::Io { .. } => true,
        _ => false,
    }
}

impl Link for BoardLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> std::result::Result<Received, LinkError> {
        match self.line()? {
            Line::Port(port, _) => port.receive(buffer, wait_ms),
            #[cfg(unix)]
            Line::Holder(socket) => socket.receive(buffer, wait_ms),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> std::result::Result<usize, LinkError> {
        match self.line()? {
            Line::Port(port, _) => port.send(bytes),
            #[cfg(unix)]
            Line::Holder(socket) => socket.send(bytes),
        }
    }

    fn flush(&mut self) -> std::result::Result<(), LinkError> {
        match self.line()? {
            Line::Port(port, _) => port.flush(),
            #[cfg(unix)]
            Line::Holder(socket) => socket.flush(),
        }
    }
}

impl Interruptible for BoardLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        match &mut self.line {
            Some(Line::Port(port, _)) => port.interrupter(),
            #[cfg(unix)]
            Some(Line::Holder(socket)) => socket.interrupter(),
            None => Ok(Interrupter::new(|| ())),
        }
    }
}
