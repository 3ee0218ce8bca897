//! The boards, and what has arrived on them.

use anyhow::Result;
use peers::{BoardOnPty, Firmware, Machine, Venv};
use serialtalk::command::Timeout;
use serialtalk_hal::board::Board;
use serialtalk_hal::serial::{SerialLink, SerialOptions};

/// Where things are sent to.
pub(super) trait Place {
    /// The path of its port.
    fn path(&self) -> &str;

    /// Takes a file away, and tells what was in it.
    fn take(&self, name: &str) -> Result<Vec<u8>>;
}

/// A MicroPython of today.
pub(super) fn micropython(venv: &Venv) -> BoardOnPty {
    venv.board()
}

/// The same as if it were older.
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

/// None where the machine cannot emulate it.
pub(super) fn microbit() -> Result<Option<Microbit>> {
    let Some(board) = Machine::Microbit.board(Firmware::MicroPython) else { return Ok(None) };
    let (_emulator, path) = board.start_on_pty();
    let path = path.to_string_lossy().into_owned();
    Ok(Some(Microbit { _emulator, path }))
}

impl Place for Microbit {
    fn path(&self) -> &str {
        &self.path
    }

    fn take(&self, name: &str) -> Result<Vec<u8>> {
        let port = SerialLink::open(&self.path.parse()?, SerialOptions::default())?;
        let mut board = Board::new(port);
        board.repl().set_limit(Timeout::Ms(60_000));
        let bytes = board.read(name)?;
        board.remove(name)?;
        Ok(bytes)
    }
}
