//! Which board an example talks to.

use serialtalk_hal::ports::PortName;
use serialtalk_hal::serial::{self, SerialLink, SerialOptions};
use serialtalk_hal::{OpenError, SerialTalk};

/// `--port` and `--baud`.
#[derive(Debug, Clone, clap::Args)]
pub struct PortArguments {
    /// The serial port of a board: a path, `usb:VID:PID`, or `auto` for the only one there is; SERIALTALK_PORT if not
    /// given. Without either, a board is simulated.
    #[arg(long)]
    port: Option<PortName>,
    /// Bits per second
    #[arg(long, default_value_t = 115_200)]
    baud: u32,
}

/// A line to a board.
#[derive(Debug)]
pub struct Connection {
    /// The endpoint of this program.
    pub talk: SerialTalk<SerialLink>,
    /// A description of the other end.
    pub board: String,
    /// Whether the board is simulated by this program.
    pub is_simulated: bool,
}

impl PortArguments {
    /// Opens the port that was chosen, or a simulated board if none was.
    ///
    /// # Errors
    ///
    /// Returns an [`OpenError`] if the port cannot be opened.
    pub fn connect(&self) -> Result<Connection, OpenError> {
        match self.open()? {
            Some(talk) => {
                let board = format!("board on {}", talk.name());
                Ok(Connection { talk, board, is_simulated: false })
            }
            None => simulated(self.baud),
        }
    }

    /// Opens the port that was chosen, if one was.
    ///
    /// # Errors
    ///
    /// Returns an [`OpenError`] if the port cannot be opened.
    pub fn open(&self) -> Result<Option<SerialTalk<SerialLink>>, OpenError> {
        let chosen = match &self.port {
            Some(name) => name.clone(),
            None if std::env::var_os("SERIALTALK_PORT").is_some() => PortName::from_env()?,
            None => return Ok(None),
        };
        serial::open_with(&chosen, SerialOptions::new(self.baud)).map(Some)
    }
}

/// Starts a simulated board on a virtual serial port, and opens that port.
#[cfg(unix)]
fn simulated(baud: u32) -> Result<Connection, OpenError> {
    let board = serialtalk_hal::pty::open()?;
    let path = board.link().path().to_owned();
    // Ends with the program.
    std::thread::spawn(move || crate::simulate(board));
    let talk = serial::open(&path, baud)?;
    let board = format!("simulated board on {path} (open it with anything that speaks SerialTalk)");
    Ok(Connection { talk, board, is_simulated: true })
}

/// Opens the only port, because this platform has no virtual serial ports.
#[cfg(not(unix))]
fn simulated(baud: u32) -> Result<Connection, OpenError> {
    let talk = serial::open_with(&PortName::Only, SerialOptions::new(baud))?;
    let board = format!("board on {}", talk.name());
    Ok(Connection { talk, board, is_simulated: false })
}
