//! The boards, and a macro for tests on each of them.

use std::os::unix::net::UnixStream;

use peers::{BoardOnPty, Firmware, Machine};
use serialtalk::Link;
use serialtalk::Timeout;
use serialtalk_hal::board::Board;
use serialtalk_hal::serial::{SerialLink, SerialOptions};
use serialtalk_hal::socket::SocketLink;

pub(crate) fn on_pty(board: &BoardOnPty) -> Board<SerialLink> {
    patient(SerialLink::open(board.path(), SerialOptions::default()).unwrap())
}

pub(crate) fn on_microbit() -> Option<(peers::Board, Board<SocketLink<UnixStream>>)> {
    let (board, [line]) = Machine::Microbit.board(Firmware::MicroPython)?.start();
    Some((board, patient(SocketLink::new(line, "micro:bit").unwrap())))
}

pub(crate) fn patient<L: Link>(link: L) -> Board<L> {
    let mut board = Board::new(link);
    board.repl().set_timeout(Timeout::Ms(60_000));
    board.repl().set_prompt_timeout(60_000);
    board
}

/// Defines tests on each board: `on_each_board! { fn name(board) { .. } }`.
macro_rules! on_each_board {
    ($(fn $name:ident($board:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every test needs all of it")]
            use super::*;

            fn check<L: serialtalk::Link<Error: std::fmt::Debug + std::fmt::Display>>(
                $board: &mut serialtalk_hal::board::Board<L>,
            ) $body

            #[test]
            fn on_a_board_with_folders() {
                let board = peers::require!().board();
                check(&mut crate::boards::on_pty(&board));
            }

            #[test]
            fn on_a_board_without_raw_paste() {
                let board = peers::require!().board_without_raw_paste();
                check(&mut crate::boards::on_pty(&board));
            }

            #[test]
            fn on_a_microbit() {
                let Some((_board, mut board)) = crate::boards::on_microbit() else { return };
                check(&mut board);
            }
        }
    )*};
}

pub(crate) use on_each_board;
