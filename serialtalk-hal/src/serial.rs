//! Serial ports.
//!
//! Reads wait exactly as long as they are told to; writes are bounded; a port that is pulled out is
//! [`LinkError::Unplugged`] in the next read or write, and a read that waits ends at once.

#[cfg(any(not(unix), all(test, feature = "pty")))]
mod portable;
#[cfg(unix)]
mod unix;

use std::io;

use serialport::{ClearBuffer, SerialPort, SerialPortBuilder};
use serialtalk::link::{Link, Received};

#[cfg(not(unix))]
use self::portable::Port;
#[cfg(unix)]
use self::unix::Port;
use crate::duplex::Duplex;
use crate::interruption::Interruption;
use crate::ports::PortName;
use crate::{Interrupter, Interruptible, LinkError, OpenError, SerialTalk, WRITE_TIMEOUT_MS, over};

/// Opens a serial port, ready to call and to serve.
///
/// `target` is a path, `auto` for the only port there is, or the id of a USB device, as in `usb:2e8a:0005` or
/// `usb:2e8a:0005:SERIAL`; [`PortName`] says more of it. `baud` is in bits per second.
///
/// Opening a port resets many boards: let clients `connect`, which waits until the board answers.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open(target: &str, baud: u32) -> Result<SerialTalk<SerialLink>, OpenError> {
    open_with(target, SerialOptions::new(baud))
}

/// Opens a serial port as [`open`] does, with more options than its speed.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open_with(target: &str, options: SerialOptions) -> Result<SerialTalk<SerialLink>, OpenError> {
    let link = SerialLink::open(target, options)?;
    let path = link.path().to_owned();
    Ok(over(link, path))
}

/// How to open a serial port: eight data bits, no parity, one stop bit, no flow control, and these options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SerialOptions {
    baud: u32,
    dtr: Option<bool>,
    rts: Option<bool>,
    keep_input: bool,
    pub(crate) write_timeout_ms: u32,
}

impl SerialOptions {
    /// The given number of bits per second, and DTR and RTS raised: by the operating system or, on Windows, by this crate.
    pub const fn new(baud: u32) -> Self {
        let raised = if cfg!(windows) { Some(true) } else { None };
        Self { baud, dtr: raised, rts: raised, keep_input: false, write_timeout_ms: WRITE_TIMEOUT_MS }
    }

    /// Sets DTR when the port is opened. Many Arduino and ESP32 boards restart when it is raised.
    ///
    /// On Linux the line goes up for a moment in any case. A port that has no such line, as a pty, opens all the same.
    pub const fn dtr(self, level: bool) -> Self {
        Self { dtr: Some(level), ..self }
    }

    /// Sets RTS when the port is opened, as [`dtr`](Self::dtr) does DTR.
    pub const fn rts(self, level: bool) -> Self {
        Self { rts: Some(level), ..self }
    }

    /// Keeps what arrived before the port was opened; without this it is thrown away.
    pub const fn keep_input(self) -> Self {
        Self { keep_input: true, ..self }
    }

    /// How long a write may wait for room, in milliseconds: 1000 by default.
    pub const fn write_timeout_ms(self, ms: u32) -> Self {
        Self { write_timeout_ms: ms, ..self }
    }

    pub(crate) fn builder(&self, path: &str) -> SerialPortBuilder {
        // macOS refuses to set the speed of a pty, and serialport leaves it alone if it is zero.
        let pty = cfg!(target_vendor = "apple") && path.starts_with("/dev/ttys");
        let builder = serialport::new(path, if pty { 0 } else { self.baud });
        match self.dtr {
            Some(level) => builder.dtr_on_open(level),
            None => builder,
        }
    }

    /// Applies the options that the builder lacks: RTS, and discarding earlier input.
    pub(crate) fn apply(&self, path: &str, port: &mut dyn SerialPort) -> Result<(), OpenError> {
        if let Some(level) = self.rts {
            // Ports without this line, such as ptys, refuse it, and must open all the same.
            let _ = port.write_request_to_send(level);
        }
        if self.keep_input {
            return Ok(());
        }
        port.clear(ClearBuffer::Input).map_err(|error| OpenError::from_io(path, &error.into()))
    }
}

impl Default for SerialOptions {
    /// 115200 bits per second.
    fn default() -> Self {
        Self::new(115_200)
    }
}

/// A serial port of this machine.
#[derive(Debug)]
pub struct SerialLink {
    name: PortName,
    options: SerialOptions,
    path: String,
    port: Option<Duplex<Port>>,
    interruption: Interruption,
}

impl SerialLink {
    /// Opens a port for this program alone. `target` is what [`open`] takes.
    ///
    /// # Errors
    ///
    /// Each way in which it can fail is an [`OpenError`] of its own.
    pub fn open(target: &str, options: SerialOptions) -> Result<Self, OpenError> {
        Self::open_port(target.parse()?, options)
    }

    pub(crate) fn open_port(name: PortName, options: SerialOptions) -> Result<Self, OpenError> {
        let path = name.find()?;
        let port = Duplex::new(Port::open(&path, &options)?);
        Ok(Self { name, options, path, port: Some(port), interruption: Interruption::default() })
    }

    /// Opens the port again with the same options, for example after it was unplugged.
    ///
    /// A port that was chosen by USB id is looked for again: it may have got another path.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); the link then stays closed, and this can be tried again.
    pub fn reopen(&mut self) -> Result<(), OpenError> {
        self.port = None;
        self.path = self.name.find()?;
        let mut port = Port::open(&self.path, &self.options)?;
        port.interruption = self.interruption.clone();
        self.port = Some(Duplex::new(port));
        Ok(())
    }

    /// The path of the port: `/dev/ttyUSB0`, `COM3`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Raises or lowers DTR.
    ///
    /// # Errors
    ///
    /// [`LinkError`], also where the port has no such line, as a pty has none.
    pub fn set_dtr(&mut self, level: bool) -> Result<(), LinkError> {
        self.on_port(|port| Ok(port.device.lines().write_data_terminal_ready(level)?))
    }

    /// Raises or lowers RTS.
    ///
    /// # Errors
    ///
    /// [`LinkError`], also where the port has no such line, as a pty has none.
    pub fn set_rts(&mut self, level: bool) -> Result<(), LinkError> {
        self.on_port(|port| Ok(port.device.lines().write_request_to_send(level)?))
    }

    /// Changes the number of bits per second.
    ///
    /// # Errors
    ///
    /// [`LinkError`], also where the port does not know that speed.
    pub fn set_baud(&mut self, baud: u32) -> Result<(), LinkError> {
        self.on_port(|port| Ok(port.device.lines().set_baud_rate(baud)?))?;
        self.options.baud = baud;
        Ok(())
    }

    fn on_port<T>(&mut self, act: impl FnOnce(&mut Duplex<Port>) -> io::Result<T>) -> Result<T, LinkError> {
        let port = self.port.as_mut().ok_or_else(|| LinkError::unplugged(&self.path))?;
        act(port).map_err(|error| LinkError::from_io(&self.path, &error))
    }
}

impl Link for SerialLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        Ok(match self.on_port(|port| port.receive(buffer, wait_ms))? {
            None => Received::Nothing,
            // A terminal has no end; it reads as ended once the device is gone.
            Some(0) => return Err(LinkError::unplugged(&self.path)),
            Some(count) => Received::Bytes(count),
        })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let timeout_ms = self.options.write_timeout_ms;
        self.on_port(|port| port.send(bytes, timeout_ms))?
            .ok_or_else(|| LinkError::write_timeout(&self.path, timeout_ms))
    }

    /// Does nothing: the operating system sends what it has by itself, and waiting for the last bit to leave would only
    /// delay the look for the answer.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl Interruptible for SerialLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        let interrupter = self.interruption.interrupter()?;
        if let Some(port) = &mut self.port {
            port.device.interruption = self.interruption.clone();
        }
        Ok(interrupter)
    }
}

/// Sorts an error of serialport, met while opening `path`.
pub(crate) fn open_error(path: &str, error: serialport::Error) -> OpenError {
    // On Windows, this kind is returned for missing ports and for ports that are in use.
    let unavailable = error.kind() == serialport::ErrorKind::NoDevice;
    let there =
        cfg!(unix) || crate::ports::list().is_ok_and(|ports| ports.iter().any(|port| port.path == path));
    let kind = match unavailable {
        true if there => io::ErrorKind::ResourceBusy,
        true => io::ErrorKind::NotFound,
        false => return OpenError::of_device(path, &error.into()),
    };
    OpenError::of_device(path, &kind.into())
}
