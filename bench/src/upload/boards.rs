//! The boards, and access to the files that have arrived.

use anyhow::Result;
use peers::{BoardOnPty, Firmware, Machine, Venv};
use serialtalk::Timeout;
use serialtalk_hal::board::Board;
use serialtalk_hal::serial::{SerialLink, SerialOptions};

/// A board that receives uploads.
pub(super) trait Place {
    /// The path of its port.
    fn path(&self) -> &str;

    /// Frees the memory of earlier runs, if necessary.
    fn refresh(&self) -> Result<()> {
        Ok(())
    }

    /// Removes a file, and returns its content.
    fn take(&self, name: &str) -> Result<Vec<u8>>;
}

/// MicroPython 1.29.
pub(super) fn micropython(venv: &Venv) -> BoardOnPty {
    venv.board()
}

/// A MicroPython without raw paste, as before 1.14.
pub(super) fn micropython_without_raw_paste(venv: &Venv) -> BoardOnPty {
    venv.board_without_raw_paste()
}

impl Place for BoardOnPty {
    fn path(&self) -> &str {
        self.path()
    }

    fn take(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.folder().join(name);
        let bytes = std::fs::read(&path)?;
        std::fs::remove_file(&path)?;
        Ok(bytes)
    }
}

/// An emulated board on a pty.
pub(super) struct Microbit {
    _emulator: peers::Board,
    path: String,
}

/// Starts an emulated micro:bit; `None` if this machine cannot emulate it.
pub(super) fn microbit() -> Result<Option<Microbit>> {
    let Some(board) = Machine::Microbit.board(Firmware::MicroPython) else { return Ok(None) };
    let (_emulator, path) = board.start_on_pty();
    let path = path.to_string_lossy().into_owned();
    Ok(Some(Microbit { _emulator, path }))
}

impl Microbit {
    fn open(&self) -> Result<Board<SerialLink>> {
        let mut board = Board::new(SerialLink::open(&self.path, SerialOptions::default())?);
        board.repl().set_timeout(Timeout::Ms(60_000));
        board.repl().set_prompt_timeout(60_000);
        Ok(board)
    }
}

impl Place for Microbit {
    fn path(&self) -> &str {
        &self.path
    }

    /// Resets the board, because earlier runs fragment its 9 KB of memory.
    fn refresh(&self) -> Result<()> {
        self.open()?.repl().soft_reset()?;
        Ok(())
    }

    fn take(&self, name: &str) -> Result<Vec<u8>> {
        let mut board = self.open()?;
        let bytes = board.read(name)?;
        board.remove(name)?;
        Ok(bytes)
    }
}
