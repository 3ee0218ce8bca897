//! The raw prompt is reached from any state of the board.

use std::fmt::Debug;
use std::io::Write;
use std::os::unix::net::UnixStream;

use serialtalk::Timeout;
use serialtalk::link::Link;
use serialtalk::repl::{Repl, ReplError};
use serialtalk_hal::StdClock;

use crate::boards::{on_each_board, on_microbit, on_pty, output};

/// Input that puts the board into a state before it is activated again.
const STATES: [&str; 6] = [
    // In raw mode, with an incomplete line.
    "1 +",
    // At the friendly prompt, with an incomplete line, with an incomplete block, and in paste mode.
    "\u{2}1 +",
    "\u{2}if True:\r",
    "\u{2}\u{5}a = 1\r",
    // With a running program, started from either prompt.
    "while True: pass\u{4}",
    "\u{2}while True: pass\r\r",
];

on_each_board! {
    fn from_any_state(repl) {
        for state in STATES {
            repl.activate(60_000).unwrap_or_else(|_| panic!("no prompt"));
            send(repl.link_mut(), state.as_bytes());
            repl.activate(60_000).unwrap_or_else(|_| panic!("no prompt after {state:?}"));
            assert_eq!(output(repl, "print(6 * 7)").unwrap(), "42\n", "after {state:?}");
        }
    }

    fn from_the_friendly_prompt(repl) {
        repl.exit().unwrap_or_else(|_| panic!("no friendly prompt"));
        assert_eq!(output(repl, "print(6 * 7)").unwrap(), "42\n");
    }
}

fn send<L: Link<Error: Debug>>(link: &mut L, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        bytes = &bytes[link.send(bytes).unwrap()..];
    }
}

#[test]
fn from_an_incomplete_raw_paste() {
    let board = peers::require!().board();
    let mut repl = on_pty(&board);
    for part in ["\u{5}A\u{1}", "\u{5}A\u{1}print(1", "\u{5}A\u{1}a = = 1\nprint(1)"] {
        send(repl.link_mut(), part.as_bytes());
        repl.activate(60_000).unwrap();
        assert_eq!(output(&mut repl, "print(6 * 7)").unwrap(), "42\n", "after {part:?}");
    }
}

#[test]
fn activating_without_a_board_times_out() {
    let (line, mut peer) = UnixStream::pair().unwrap();
    peer.write_all(b"boot log\r\n").unwrap();
    let link = serialtalk_hal::socket::SocketLink::new(line, "nobody").unwrap();
    let mut repl = Repl::new(link, StdClock::new());
    assert_eq!(repl.activate(300), Err(ReplError::NoPrompt { waited_ms: 300 }));
}

/// Resets the board while a program runs.
fn assert_restart_is_an_error<L: Link<Error: Debug + PartialEq>>(
    repl: &mut Repl<L, StdClock>,
    mut reset: impl FnMut(),
) {
    let mut has_begun = false;
    let code = "print('begun')\nwhile True: pass";
    let error = repl.run(code, |_| {
        if !std::mem::replace(&mut has_begun, true) {
            reset();
        }
    });
    assert_eq!(error, Err(ReplError::Restarted));
    assert_eq!(output(repl, "print(6 * 7)").unwrap(), "42\n");
}

#[test]
fn a_reset_of_the_board_is_an_error() {
    let board = peers::require!().board();
    assert_restart_is_an_error(&mut on_pty(&board), || board.reset());
}

#[test]
fn a_reset_of_a_microbit_is_an_error() {
    let Some((mut board, mut repl)) = on_microbit() else { return };
    assert_restart_is_an_error(&mut repl, || board.reset());
}

#[test]
fn main_runs_after_a_restart() {
    let board = peers::require!().board();
    std::fs::write(board.folder().join("main.py"), "n = 5\nprint('from main')\n").unwrap();
    let mut repl = on_pty(&board);
    repl.soft_reset().unwrap();
    assert_eq!(output(&mut repl, "n").unwrap_err().exception().unwrap().kind(), "NameError");
    repl.restart().unwrap();
    repl.link_mut().receive(&mut [0; 1], 10_000).unwrap();
    assert_eq!(repl.eval::<u8>("n"), Ok(5));
}

#[test]
fn a_program_that_ignores_interrupts_times_out() {
    let board = peers::require!().board();
    let mut repl = on_pty(&board);
    repl.set_timeout(Timeout::Ms(1000));
    let code = "import micropython\nmicropython.kbd_intr(-1)\nwhile True: pass";
    assert_eq!(repl.run(code, |_| {}), Err(ReplError::TimedOut { waited_ms: 1000, stopped: false }));
    assert_eq!(repl.activate(500), Err(ReplError::NoPrompt { waited_ms: 500 }));
    board.reset();
    repl.activate(60_000).unwrap();
    assert_eq!(repl.eval::<u8>("1"), Ok(1));
}
