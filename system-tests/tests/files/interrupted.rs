//! Writes that fail: a full file system, a lost link, a reset.

use std::cell::Cell;
use std::fmt::{Debug, Display};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use peers::random;
use serialtalk::link::{Link, Received};
use serialtalk::repl::ReplError;
use serialtalk_hal::board::{Board, BoardError, Written};

use crate::boards::{on_microbit, on_pty, patient};

#[test]
fn no_space_left_is_an_error_and_the_old_file_stays() {
    let micropython = peers::require!().board();
    let mut board = on_pty(&micropython);
    board.repl().run(peers::SMALL_FILE_SYSTEM, |_| {}).unwrap();
    board.repl().run("os.chdir('/small')", |_| {}).unwrap();
    let old = random(20_000);
    board.write("file", &old).unwrap();
    let error = board.write("file", &random(60_000)).unwrap_err();
    assert!(matches!(&error, BoardError::NoSpace { path } if path == "file"), "{error}");
    assert_eq!(board.list("").unwrap().len(), 1, "no part of the new file is left");
    assert!(board.read("file").unwrap() == old);
    assert_eq!(board.write("file", &random(21_000)).unwrap(), Written::Sent);
}

#[test]
fn no_space_left_on_a_microbit() {
    let Some((_board, mut board)) = on_microbit() else { return };
    board.write("small", b"stays").unwrap();
    let error = board.write("file", &random(40_000)).unwrap_err();
    assert!(matches!(&error, BoardError::NoSpace { path } if path == "file"), "{error}");
    assert_eq!(board.list("").unwrap().len(), 1);
    assert_eq!(board.read("small").unwrap(), b"stays");
}

/// A link that is lost after `left` sent bytes.
struct LostLink<L> {
    line: L,
    left: Rc<Cell<usize>>,
}

impl<L: Link> Link for LostLink<L> {
    type Error = L::Error;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error> {
        if self.left.get() == 0 { Ok(Received::Closed) } else { self.line.receive(buffer, wait_ms) }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        let count = bytes.len().min(self.left.get());
        self.left.set(self.left.get() - count);
        if count == 0 { Ok(bytes.len()) } else { self.line.send(&bytes[..count]) }
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.line.flush()
    }
}

/// Writes a file over a link that is lost after `after` bytes; returns the line.
fn write_over_lost_link<L: Link<Error: Debug + Display>>(line: L, after: usize, file: &[u8]) -> L {
    let mut board = patient(LostLink { line, left: Rc::new(Cell::new(after)) });
    let error = board.write("file", file).unwrap_err();
    assert!(matches!(&error, BoardError::Repl(ReplError::Link(_))), "{error}");
    board.into_link().line
}

#[test]
fn a_lost_link_leaves_the_old_file_and_a_retry_succeeds() {
    let micropython = peers::require!().board();
    let old = random(5000);
    let mut board = on_pty(&micropython);
    board.write("file", &old).unwrap();
    let new = random(100_000);
    let mut line = board.into_link();
    for after in [500, 2000, 10_000, 60_000] {
        line = write_over_lost_link(line, after, &new);
        assert!(std::fs::read(micropython.folder().join("file")).unwrap() == old);
    }
    let mut board = patient(line);
    assert_eq!(board.write("file", &new).unwrap(), Written::Sent);
    assert!(board.read("file").unwrap() == new);
    assert_eq!(board.list("").unwrap().len(), 1);
}

#[test]
fn what_a_lost_link_has_left_is_removed() {
    let micropython = peers::require!().board();
    for (size, after) in [(800, 1200), (4000, 3000), (100_000, 50_000)] {
        let old = random(100);
        let mut board = on_pty(&micropython);
        board.write("file", &old).unwrap();
        let left = Rc::new(Cell::new(after));
        let mut board = patient(LostLink { line: board.into_link(), left: Rc::clone(&left) });
        board.write("file", &random(size)).unwrap_err();
        left.set(usize::MAX);
        board.tidy().unwrap();
        assert_eq!(board.list("").unwrap().len(), 1, "{size} bytes, lost after {after}");
        assert!(board.read("file").unwrap() == old);
    }
}

/// A micro:bit cannot rename files, so the old file is not kept.
#[test]
fn a_lost_link_to_a_microbit_is_an_error_and_a_retry_succeeds() {
    let Some((_board, board)) = on_microbit() else { return };
    let file = random(4096);
    let mut line = board.into_link();
    for after in [100, 500, 2500, 4500] {
        line = write_over_lost_link(line, after, &file);
    }
    let mut board = patient(line);
    assert_eq!(board.write("file", &file).unwrap(), Written::Sent);
    assert!(board.read("file").unwrap() == file);
    assert_eq!(board.list("").unwrap().len(), 1);
}

/// Resets the board once `after` bytes of `new` have been acknowledged; then writes the file again.
fn write_with_a_reset<L: Link<Error: Debug + Display>>(
    board: &mut Board<L>,
    new: &[u8],
    after: u64,
    reset: impl FnMut() + Send + 'static,
) {
    let mut reset = Some(reset);
    board.on_progress(move |progress| {
        if progress.done >= after
            && let Some(mut reset) = reset.take()
        {
            reset();
        }
    });
    let error = board.write("file", new).unwrap_err();
    // Between two programs, the reset shows as unexpected output.
    let is_detected = matches!(&error, BoardError::Repl(ReplError::Restarted | ReplError::Unexpected(_)));
    assert!(is_detected, "{error}");
    board.on_progress(|_| {});
    assert_eq!(board.write("file", new).unwrap(), Written::Sent);
}

#[test]
fn a_reset_during_a_write_is_an_error_and_a_retry_succeeds() {
    let micropython = Arc::new(peers::require!().board());
    let mut board = on_pty(&micropython);
    let new = random(400_000);
    let resetting = Arc::clone(&micropython);
    write_with_a_reset(&mut board, &new, 100_000, move || resetting.reset());
    assert!(std::fs::read(micropython.folder().join("file")).unwrap() == new);
}

#[test]
fn a_reset_of_a_microbit_during_a_write_is_an_error_and_a_retry_succeeds() {
    let Some((microbit, mut board)) = on_microbit() else { return };
    let microbit = Arc::new(Mutex::new(microbit));
    let resetting = Arc::clone(&microbit);
    let new = random(4096);
    write_with_a_reset(&mut board, &new, 1000, move || resetting.lock().unwrap().reset());
    assert!(board.read("file").unwrap() == new);
}

#[test]
fn a_link_lost_at_any_byte_leaves_the_old_or_the_new_short_file() {
    let micropython = peers::require!().board();
    let content = |n: usize| format!("version {n} {}", "\x03\x04\x1b, ".repeat(50)).into_bytes();
    let mut line = on_pty(&micropython).into_link();
    let mut whole = 0;
    for after in (10..2000).step_by(50) {
        let old = std::fs::read(micropython.folder().join("file")).unwrap_or_default();
        let new = content(after);
        let mut board = Board::new(LostLink { line, left: Rc::new(Cell::new(after)) });
        match board.write("file", &new) {
            Ok(written) => {
                assert_eq!(written, Written::Sent);
                whole += 1;
            }
            Err(error) => {
                assert!(matches!(&error, BoardError::Repl(serialtalk::repl::ReplError::Link(_))), "{error}");
            }
        }
        let now = std::fs::read(micropython.folder().join("file")).unwrap_or_default();
        assert!(now == new || now == old, "after {after} bytes: {}", String::from_utf8_lossy(&now));
        line = board.into_link().line;
        // Stops the program on the board before the next attempt.
        let mut board = patient(line);
        board.repl().activate(60_000).unwrap();
        line = board.into_link();
    }
    assert!(whole > 5, "{whole}");
    let mut board = patient(line);
    board.write("file", b"the last").unwrap();
    assert_eq!(board.read("file").unwrap(), b"the last");
    assert_eq!(board.list("").unwrap().len(), 1);
}

#[test]
fn a_short_file_is_sent_with_little_overhead() {
    let micropython = peers::require!().board();
    let left = Rc::new(Cell::new(100_000));
    let mut board = Board::new(LostLink { line: on_pty(&micropython).into_link(), left: Rc::clone(&left) });
    let sent = |board: &mut Board<LostLink<_>>, name: &str| {
        left.set(100_000);
        assert_eq!(board.write(name, b"print('something')\n").unwrap(), Written::Sent);
        100_000 - left.get()
    };
    let first = sent(&mut board, "first");
    let second = sent(&mut board, "second");
    assert!(first < 1000 && second < 300, "{first} {second}");
}
