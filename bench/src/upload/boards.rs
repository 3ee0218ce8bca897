//! The boards, and what has arrived on them.

use anyhow::Result;
use peers::{BoardOnPty, Firmware, Machine, Venv};
use serialtalk::Timeout;
use serialtalk_hal::board::Board;
use serialtalk_hal::serial::{SerialLink, SerialOptions};

/// Where things are sent to.
pub(super) trait Place {
    /// The path of its port.
    fn path(&self) -> &str;

    /// Makes it forget what was run on it, if that matters.
    fn refresh(&self) -> Result<()> {
        Ok(())
    }

    /// Takes a file away, and tells what was in it.
    fn take(&self, name: &str) -> Result<Vec<u8>>;
}

/// A MicroPython of today.
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

/// None where the machine cannot emulate it.
pub(super) fn microbit() -> Result<Option<Microbit>> {
    let Some(board) = Machine::Microbit.board(Firmware::MicroPython) else { return Ok(None) };
    let (_emulator, path) = board.start_on_pty();
    let path = path.to_string_lossy().into_owned();
    Ok(Some(Microbit { _emulator, path }))
}

impl Microbit {
    fn open(&self) -> Result<Board<SerialLink>> {
        let mut board = Board::new(SerialLink::open(&self.path.parse()?, SerialOptions::default())?);
        board.repl().set_timeout(Timeout::Ms(60_000));
        board.repl().set_prompt_timeout(60_000);
        Ok(board)
    }
}

impl Place for Microbit {
    fn path(&self) -> &str {
        &self.path
    }

    /// What was run leaves holes in 9 KB of memory, of which in the end none is large enough.
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
