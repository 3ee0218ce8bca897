//! The line to a board: its port, or the socket of a program that has it open.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::link::{Link, Received};
#[cfg(unix)]
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{AnyLink, Interrupter, Interruptible, LinkError, OpenError};

use crate::boards::Board;
use crate::failure::{Failure, Result};
use crate::overheard::Overheard;
use crate::pause::{Opened, Pause};
use crate::sharing;
use crate::stop::Stop;
use crate::traffic::Side;

/// How often a missing port is looked for.
pub(crate) const LOOK_EACH: Duration = Duration::from_millis(50);

/// How long a line is at one level.
const PULSE: Duration = Duration::from_millis(100);

/// The line to a board.
pub(crate) struct BoardLink {
    /// Nothing once the link had to make room for another program.
    line: Option<Line>,
    name: String,
    pause: Pause,
    /// Hears what crosses the line, if somebody listens.
    overheard: Option<Overheard>,
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
        needs_line(board)?;
        patiently(board, &Stop::default(), || Self::open_once(board, pause))
    }

    /// Opens the port itself, once the program that shares it, if there is one, has closed it: for as long as what this returns
    /// beside the link is there.
    pub(crate) fn open_alone(board: &Board, stop: &Stop) -> Result<(Self, impl Sized + use<>)> {
        needs_line(board)?;
        patiently(board, stop, || {
            let claim = sharing::pause(board)?;
            Ok((Self::open_port(board, &Pause::default())?, claim))
        })
    }

    /// Opens the line if its port is there, and `pause` does not ask for room.
    pub(crate) fn open_once(board: &Board, pause: &Pause) -> std::result::Result<Self, OpenError> {
        #[cfg(unix)]
        if let Some(socket) = sharing::join(board)? {
            return Ok(Self {
                name: socket.name().to_owned(),
                line: Some(Line::Holder(socket)),
                pause: pause.clone(),
                overheard: None,
            });
        }
        Self::open_unless_lent(board, pause)
    }

    /// Opens the port itself if it is there, and `pause` does not ask for room.
    pub(crate) fn open_unless_lent(board: &Board, pause: &Pause) -> std::result::Result<Self, OpenError> {
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
            overheard: None,
        })
    }

    /// Lets somebody hear what crosses the line.
    pub(crate) fn overheard_by(self, overheard: Overheard) -> Self {
        Self { overheard: Some(overheard), ..self }
    }

    /// Restarts a board by the lines DTR and RTS of its port: an ESP32 by RTS, an Arduino by DTR.
    pub(crate) fn pulse_lines(&mut self) -> std::result::Result<(), LinkError> {
        let Line::Port(AnyLink::Serial(port), _) = self.line()? else {
            return Err(LinkError::NotConnected {
                port: self.name.clone(),
                reason: "it is no serial port, and has no lines".into(),
            });
        };
        // While both change, an ESP32 must not see DTR raised and RTS lowered when it starts: that makes it wait for firmware.
        port.set_dtr(false)?;
        port.set_rts(true)?;
        thread::sleep(PULSE);
        port.set_rts(false)?;
        thread::sleep(PULSE);
        port.set_dtr(true)?;
        port.set_rts(true)
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

/// Refuses a board at a gateway, which has the line for itself.
pub(crate) fn needs_line(board: &Board) -> Result<()> {
    match board.fleet {
        None => Ok(()),
        Some(_) => {
            let text = format!("{} is at a gateway, and this needs its line", board.name);
            Err(Failure::usage(text)
                .hint("serialtalk list, call, watch, describe, bench, shell and ui need none"))
        }
    }
}

/// Opens something, as soon as its port is there if that may take a while.
fn patiently<T>(
    board: &Board,
    stop: &Stop,
    open: impl Fn() -> std::result::Result<T, OpenError>,
) -> Result<T> {
    let deadline = Instant::now() + board.wait;
    loop {
        let error = match open() {
            Ok(opened) => return Ok(opened),
            Err(error) => error,
        };
        if !may_pass(&error) || Instant::now() >= deadline {
            return Err(error.into());
        }
        if !stop.is_unset_until(Instant::now() + LOOK_EACH) {
            return Err(Failure::interrupted());
        }
    }
}

/// Whether the port may be there later.
pub(crate) fn may_pass(error: &OpenError) -> bool {
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
        let received = match self.line()? {
            Line::Port(port, _) => port.receive(buffer, wait_ms),
            #[cfg(unix)]
            Line::Holder(socket) => socket.receive(buffer, wait_ms),
        };
        if let (Ok(received), Some(overheard)) = (&received, &mut self.overheard) {
            let count = if let Received::Bytes(count) = received { *count } else { 0 };
            overheard.hear(Side::Board, buffer.get(..count).unwrap_or_default());
        }
        received
    }

    fn send(&mut self, bytes: &[u8]) -> std::result::Result<usize, LinkError> {
        let sent = match self.line()? {
            Line::Port(port, _) => port.send(bytes),
            #[cfg(unix)]
            Line::Holder(socket) => socket.send(bytes),
        };
        if let (Ok(count), Some(overheard)) = (&sent, &mut self.overheard) {
            overheard.hear(Side::Host, bytes.get(..*count).unwrap_or_default());
        }
        sent
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
