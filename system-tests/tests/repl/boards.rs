//! The boards, and a macro for tests on each of them.

use std::fmt::Debug;
use std::os::unix::net::UnixStream;

use peers::{Board, BoardOnPty, Firmware, Machine};
use serialtalk::Link;
use serialtalk::Timeout;
use serialtalk::repl::{Repl, ReplError, Script};
use serialtalk_hal::StdClock;
use serialtalk_hal::serial::{SerialLink, SerialOptions};
use serialtalk_hal::socket::SocketLink;

/// The REPL of a board on a pty, with long timeouts.
pub(crate) fn on_pty(board: &BoardOnPty) -> Repl<SerialLink, StdClock> {
    patient(SerialLink::open(board.path(), SerialOptions::default()).unwrap())
}

pub(crate) fn on_microbit() -> Option<(Board, Repl<SocketLink<UnixStream>, StdClock>)> {
    let (board, [line]) = Machine::Microbit.board(Firmware::MicroPython)?.start();
    Some((board, patient(SocketLink::new(line, "micro:bit").unwrap())))
}

fn patient<L: Link>(link: L) -> Repl<L, StdClock> {
    let mut repl = Repl::new(link, StdClock::new());
    repl.set_timeout(Timeout::Ms(60_000));
    repl.set_prompt_timeout(60_000);
    repl.activate(60_000).unwrap_or_else(|_| panic!("no prompt"));
    repl
}

/// Runs code and returns its output, with line ends as on Unix.
pub(crate) fn output<'a, L: Link<Error: Debug>>(
    repl: &mut Repl<L, StdClock>,
    script: impl Into<Script<'a>>,
) -> Result<String, ReplError<L::Error>> {
    let mut output = Vec::new();
    repl.run(script, |bytes| output.extend_from_slice(bytes))?;
    Ok(String::from_utf8(output).unwrap().replace("\r\n", "\n"))
}

/// Code that a board without raw paste receives in several pieces.
pub(crate) const LONG: &str = "if True: pass\nif True: pass\nif True: pass\nif True: pass\nif True: pass\n";

/// Defines tests on each board: `on_each_board! { fn name(repl) { .. } }`.
macro_rules! on_each_board {
    ($(fn $name:ident($repl:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every test needs all of it")]
            use super::*;
            use crate::boards::LONG;

            fn check<L: serialtalk::Link<Error: std::fmt::Debug + PartialEq>>(
                $repl: &mut serialtalk::repl::Repl<L, serialtalk_hal::StdClock>,
            ) $body

            #[test]
            fn on_a_board_with_raw_paste() {
                let board = peers::require!().board();
                let mut repl = crate::boards::on_pty(&board);
                repl.run(LONG, |_| {}).unwrap();
                assert_eq!(repl.has_raw_paste(), Some(true));
                check(&mut repl);
            }

            #[test]
            fn on_a_microbit() {
                let Some((_board, mut repl)) = crate::boards::on_microbit() else { return };
                repl.run(LONG, |_| {}).unwrap();
                assert_eq!(repl.has_raw_paste(), Some(false));
                check(&mut repl);
            }

            #[test]
            fn on_a_board_whose_raw_paste_is_hidden() {
                let board = peers::require!().board_without_raw_paste();
                let mut repl = crate::boards::on_pty(&board);
                repl.run(LONG, |_| {}).unwrap();
                assert_eq!(repl.has_raw_paste(), Some(false));
                check(&mut repl);
            }
        }
    )*};
}

pub(crate) use on_each_board;
