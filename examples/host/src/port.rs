//! Which board an example talks to.

use serialtalk_hal::serial::SerialOptions;
use serialtalk_hal::{AnyLink, OpenError, SerialTalk, open_with};

/// `--port` and `--baud`.
#[derive(Debug, Clone, clap::Args)]
pub struct PortArguments {
    /// Where the board is: the path of a serial port, `usb:VID:PID` or `usb:VID:PID:SERIAL`, `auto` for the only port there
    /// is, or `tcp://HOST:PORT`. Without it, a board is simulated.
    #[arg(long, value_name = "TARGET", env = "SERIALTALK_PORT")]
    port: Option<String>,
    /// Bits per second of a serial port
    #[arg(long, default_value_t = 115_200)]
    baud: u32,
}

/// A line to a board.
#[derive(Debug)]
pub struct Connection {
    /// The endpoint of this program.
    pub talk: SerialTalk<AnyLink>,
    /// A description of the other end.
    pub board: String,
    /// Whether the board is simulated by this program.
    pub is_simulated: bool,
}

impl PortArguments {
    /// Opens the target that was chosen, or a simulated board if none was.
    ///
    /// # Errors
    ///
    /// Returns an [`OpenError`] if it cannot be opened.
    pub fn connect(&self) -> Result<Connection, OpenError> {
        match self.open()? {
            Some(talk) => {
                let board = format!("board on {}", talk.name());
                Ok(Connection { talk, board, is_simulated: false })
            }
            None => simulated(),
        }
    }

    /// Opens the target that was chosen, if one was.
    ///
    /// # Errors
    ///
    /// Returns an [`OpenError`] if it cannot be opened.
    pub fn open(&self) -> Result<Option<SerialTalk<AnyLink>>, OpenError> {
        let chosen = self.port.as_deref().filter(|target| !target.is_empty());
        chosen.map(|target| open_with(target, SerialOptions::new(self.baud))).transpose()
    }
}

/// Starts a simulated board on a virtual serial port, and opens that port.
#[cfg(unix)]
fn simulated() -> Result<Connection, OpenError> {
    let board = serialtalk_hal::pty::open()?;
    let path = board.link().path().to_owned();
    // Ends with the program.
    std::thread::spawn(move || crate::simulate(board));
    let talk = serialtalk_hal::open(&path)?;
    let board = format!("simulated board on {path} (open it with anything that speaks SerialTalk)");
    Ok(Connection { talk, board, is_simulated: true })
}

/// Opens the only port, because this platform has no virtual serial ports.
#[cfg(not(unix))]
fn simulated() -> Result<Connection, OpenError> {
    let talk = serialtalk_hal::open("auto")?;
    let board = format!("board on {}", talk.name());
    Ok(Connection { talk, board, is_simulated: false })
}
