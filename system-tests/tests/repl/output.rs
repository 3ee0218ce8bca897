//! Output that resembles the end of output, and long output.

use std::cell::Cell;
use std::rc::Rc;

use serialtalk::Timeout;
use serialtalk::link::{Link, Received};
use serialtalk::repl::{Repl, ReplError, Script};
use serialtalk_hal::serial::{SerialLink, SerialOptions};
use serialtalk_hal::{LinkError, StdClock};

use crate::boards::{on_each_board, on_microbit, on_pty, output};

on_each_board! {
    fn eot_characters_are_output(repl) {
        for text in ["\u{4}", "a\u{4}b", "\u{4}\u{4}", "\u{4}\u{4}>", "\u{4}\u{4}>more", "\u{4}word\u{4}>more\u{4}"] {
            let code = format!("print({:?})", text.replace('\u{4}', "\\x04")).replace("\\\\", "\\");
            assert_eq!(output(repl, code.as_str()).unwrap(), format!("{text}\n"), "{code}");
            assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
        }
    }

    fn an_end_marker_followed_by_more_is_output(repl) {
        let code = "print('\\x04\\x04>')\nn = 0\nwhile n < 20000: n += 1\nprint('behind')\n1//0";
        let mut printed = Vec::new();
        let error = repl.run(code, |bytes| printed.extend_from_slice(bytes)).unwrap_err();
        assert_eq!(error.exception().unwrap().kind(), "ZeroDivisionError");
        assert_eq!(String::from_utf8(printed).unwrap().replace('\r', ""), "\u{4}\u{4}>\nbehind\n");
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn the_end_of_text_output_needs_no_confirmation(repl) {
        for n in 0..100u32 {
            let code = format!("print({n}*2)");
            assert_eq!(output(repl, Script::new(&code).prints_text()).unwrap(), format!("{}\n", n * 2));
            let code = format!("text = 'some text that is too long for one statement'\nprint({n}, text)");
            let expected = format!("{n} some text that is too long for one statement\n");
            assert_eq!(output(repl, Script::new(&code).prints_text()).unwrap(), expected);
        }
        let error = output(repl, Script::new("print('before')\n1//0").prints_text()).unwrap_err();
        assert_eq!(error.exception().unwrap().kind(), "ZeroDivisionError");
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn characters_are_not_split(repl) {
        let mut whole = String::new();
        let code = "for n in range(300): print('aé€', end='')";
        repl.run(code, |bytes| whole += core::str::from_utf8(bytes).unwrap()).unwrap();
        assert_eq!(whole, "aé€".repeat(300));
    }

    fn endless_output_times_out(repl) {
        repl.set_timeout(Timeout::Ms(2000));
        let mut length = 0;
        let error = repl.run("while True: print('more')", |bytes| length += bytes.len()).unwrap_err();
        assert_eq!(error, ReplError::TimedOut { waited_ms: 2000, stopped: true });
        assert!(length > 0);
        repl.set_timeout(Timeout::Ms(60_000));
        assert_eq!(output(repl, "print(1)").unwrap(), "1\n");
    }

    fn a_line_without_end_is_ended_before_it_fills_the_memory(repl) {
        repl.set_line_limit(10_000);
        let error = repl.eval::<u8>("exec(\"while True: print('so', 'on', end=' ')\")").unwrap_err();
        assert_eq!(error, ReplError::LineTooLong { limit: 10_000, start: "so on ".repeat(10).as_str().into() });
        assert_eq!(repl.eval::<u8>("6 * 7"), Ok(42));
    }

    fn a_value_may_be_as_long_as_the_limit(repl) {
        // A tuple of one text is five bytes longer than the text.
        repl.set_line_limit(105);
        assert_eq!(repl.eval::<String>("'x' * 100"), Ok("x".repeat(100)));
        let error = repl.eval::<String>("'x' * 101").unwrap_err();
        assert!(matches!(error, ReplError::LineTooLong { limit: 105, .. }), "{error:?}");
        assert_eq!(repl.eval::<String>("'x' * 100"), Ok("x".repeat(100)));
    }

    fn many_short_lines_are_no_long_one(repl) {
        repl.set_line_limit(100);
        assert_eq!(repl.eval::<u8>("exec(\"for n in range(500): print('some text')\") or 7"), Ok(7));
    }

    fn long_output_is_complete(repl) {
        let mut length = 0;
        let mut last = Vec::new();
        let code = "for n in range(1024): print('%098d' % n)";
        repl.run(code, |bytes| {
            length += bytes.iter().filter(|byte| **byte != b'\r').count();
            last = bytes.to_vec();
        })
        .unwrap();
        assert_eq!(length, 99 * 1024);
    }
}

/// A link on which bytes arrive one by one.
struct OneByOne<L>(L);

impl<L: Link> Link for OneByOne<L> {
    type Error = L::Error;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error> {
        let count = buffer.len().min(1);
        self.0.receive(&mut buffer[..count], wait_ms)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.0.send(bytes)
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.0.flush()
    }
}

#[test]
fn characters_split_between_reads_are_joined() {
    let board = peers::require!().board();
    let mut repl = Repl::new(OneByOne(on_pty(&board).into_link()), StdClock::new());
    repl.activate(60_000).unwrap();
    let mut pieces = Vec::new();
    let code = "print('aé€\\U0001f600\\x04' * 20, end='')";
    repl.run(code, |bytes| pieces.push(String::from_utf8(bytes.to_vec()).unwrap())).unwrap();
    assert_eq!(pieces.concat(), "aé€\u{1f600}\u{4}".repeat(20));
    assert!(pieces.iter().any(|piece| piece == "\u{1f600}"), "{pieces:?}");
}

#[test]
fn binary_output_is_unchanged() {
    let board = peers::require!().board();
    let mut repl = on_pty(&board);
    let code =
        "import sys\nfor n in range(400): sys.stdout.buffer.write(bytes(b ^ n & 255 for b in range(256)))";
    let mut bytes = Vec::new();
    repl.run(code, |more| bytes.extend_from_slice(more)).unwrap();
    assert_eq!(bytes.len(), 102_400);
    assert!((0..400).all(|n| (0..256).all(|b| bytes[n * 256 + b] == (b ^ n & 255) as u8)));
}

#[test]
fn binary_output_of_a_microbit_is_unchanged() {
    let Some((_board, mut repl)) = on_microbit() else { return };
    let code =
        "from microbit import uart\nfor n in range(40): uart.write(bytes([b ^ n & 255 for b in range(256)]))";
    let mut bytes = Vec::new();
    repl.run(code, |more| bytes.extend_from_slice(more)).unwrap();
    assert_eq!(bytes.len(), 10_240);
    assert!((0..40).all(|n| (0..256).all(|b| bytes[n * 256 + b] == (b ^ n & 255) as u8)));
}

/// Counts how often the raw prompt is requested.
struct Counted {
    line: SerialLink,
    requests: Rc<Cell<usize>>,
}

impl Link for Counted {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        self.line.receive(buffer, wait_ms)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.requests.set(self.requests.get() + usize::from(bytes == b"\x01"));
        self.line.send(bytes)
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.line.flush()
    }
}

#[test]
fn prints_text_saves_a_round_trip() {
    let board = peers::require!().board();
    let line = SerialLink::open(board.path(), SerialOptions::default()).unwrap();
    let requests = Rc::new(Cell::new(0));
    let mut repl = Repl::<_, _>::new(Counted { line, requests: Rc::clone(&requests) }, StdClock::new());
    repl.set_timeout(Timeout::Ms(60_000));
    repl.activate(60_000).unwrap();
    let before = requests.get();
    repl.run(Script::new("x = 1").prints_text(), |_| {}).unwrap();
    assert_eq!(requests.get(), before);
    repl.run("x = 1", |_| {}).unwrap();
    assert_eq!(requests.get(), before + 1);
}
