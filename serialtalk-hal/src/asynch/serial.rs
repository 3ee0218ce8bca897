//! Serial ports under tokio.

use tokio_serial::{SerialPort, SerialStream};

use super::AsyncLink;
use super::{SerialTalk, over};
use crate::ports::PortName;
use crate::serial::{SerialOptions, open_error};
use crate::{LinkError, OpenError};

/// Opens a serial port, ready to call and to serve. `target` is what [`serial::open`](crate::serial::open) takes; `baud` is in
/// bits per second.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open_serial(target: &str, baud: u32) -> Result<SerialTalk<AsyncSerialLink>, OpenError> {
    open_serial_with(target, SerialOptions::new(baud))
}

/// Opens a serial port as [`open_serial`] does, with more options than its speed.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open_serial_with(
    target: &str,
    options: SerialOptions,
) -> Result<SerialTalk<AsyncSerialLink>, OpenError> {
    let link = AsyncSerialLink::open(target, options)?;
    let path = link.path().to_owned();
    Ok(over(link, path))
}

/// A serial port, async.
pub type AsyncSerialLink = AsyncLink<SerialStream>;

impl AsyncSerialLink {
    /// Opens a port for this program alone. `target` is what [`serial::open`](crate::serial::open) takes. To reopen a port that was
    /// unplugged, drop the link and open it again.
    ///
    /// # Errors
    ///
    /// Each way in which it can fail is an [`OpenError`] of its own.
    pub fn open(target: &str, options: SerialOptions) -> Result<Self, OpenError> {
        Self::open_port(&target.parse()?, options)
    }

    pub(crate) fn open_port(name: &PortName, options: SerialOptions) -> Result<Self, OpenError> {
        let path = name.find()?;
        let mut stream =
            SerialStream::open(&options.builder(&path)).map_err(|error| open_error(&path, error))?;
        options.apply(&path, &mut stream)?;
        Ok(Self::terminal(stream, path, options.write_timeout_ms))
    }

    /// The path of the port: `/dev/ttyUSB0`, `COM3`.
    pub fn path(&self) -> &str {
        &self.name
    }

    /// Raises or lowers DTR.
    ///
    /// # Errors
    ///
    /// [`LinkError`], also where the port has no such line, as a pty has none.
    pub fn set_dtr(&mut self, level: bool) -> Result<(), LinkError> {
        let outcome = self.stream.device.write_data_terminal_ready(level);
        self.or_link_error(outcome)
    }

    /// Raises or lowers RTS.
    ///
    /// # Errors
    ///
    /// [`LinkError`], also where the port has no such line, as a pty has none.
    pub fn set_rts(&mut self, level: bool) -> Result<(), LinkError> {
        let outcome = self.stream.device.write_request_to_send(level);
        self.or_link_error(outcome)
    }

    /// Changes the number of bits per second.
    ///
    /// # Errors
    ///
    /// [`LinkError`], also where the port does not know that speed.
    pub fn set_baud(&mut self, baud: u32) -> Result<(), LinkError> {
        let outcome = self.stream.device.set_baud_rate(baud);
        self.or_link_error(outcome)
    }

    fn or_link_error(&self, outcome: tokio_serial::Result<()>) -> Result<(), LinkError> {
        outcome.map_err(|error| LinkError::from_io(&self.name, &error.into()))
    }
}
