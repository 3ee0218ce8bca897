//! Boards that run without hardware.

use anyhow::{Result, ensure};
use peers::{Firmware, Machine};
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{over, serial};

/// Runs the program on each board that this machine can emulate.
pub(crate) fn show_each(calls: u16) -> Result<()> {
    let mut shown = 0;
    match peers::install() {
        Ok(venv) => {
            println!("MicroPython as a program, on a virtual serial port");
            let board = venv.board();
            crate::show(serial::open(board.path(), 115_200)?, calls)?;
            shown += 1;
        }
        Err(error) => println!("skipped: MicroPython as a program: {error:#}"),
    }
    match Machine::Microbit.find(Firmware::MicroPython) {
        Ok(board) => {
            println!("micro:bit, emulated: MicroPython 1.9.2 and 16 KiB of memory");
            let (_emulator, [line]) = board.start();
            crate::show(over(SocketLink::new(line, "micro:bit")?, "the emulator's socket"), calls)?;
            shown += 1;
        }
        Err(missing) => println!("skipped: the emulated micro:bit: {missing}"),
    }
    ensure!(shown > 0, "there is no board; --port chooses a real one");
    Ok(())
}
