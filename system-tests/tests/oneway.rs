//! One-way calls with Python at the other end: neither end waits for the other, and each serves all of them in their order.
#![cfg(unix)]

use core::time::Duration;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use peers::{Interpreter, Line, Peer, Venv};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::{SerialTalk, over, serial};

#[serialtalk::interface]
trait Counter {
    #[command(oneway)]
    fn bump(&mut self, number: u32);
}

#[derive(Default)]
struct Count {
    served: u32,
}

impl Counter for Count {
    fn bump(&mut self, number: u32) {
        assert_eq!(number, self.served, "a call was lost, or served twice or out of order");
        self.served += 1;
    }
}

type Talk<L> = SerialTalk<L, CounterServer<Count>>;

fn board() -> Talk<PtyLink> {
    let mut link = PtyLink::open().unwrap();
    link.set_write_timeout_ms(30_000);
    over(link, "board").serve(CounterServer::new(Count::default()))
}

fn served<L>(talk: &Talk<L>) -> u32 {
    talk.service().1.inner().served
}

/// How many calls each end makes, or what `SERIALTALK_ONEWAY_CALLS` says. MicroPython takes minutes for a million.
fn calls(interpreter: Interpreter) -> u32 {
    let usual = match interpreter {
        Interpreter::CPython => 1_000_000,
        Interpreter::MicroPython => 100_000,
    };
    std::env::var("SERIALTALK_ONEWAY_CALLS").map_or(usual, |calls| calls.parse().unwrap())
}

/// Starts `oneway.py`. `library` is `serialtalk`, the original package, or `serialtalk_peer`, the small peer.
fn python(
    venv: &Venv,
    interpreter: Interpreter,
    library: &str,
    board: &Talk<PtyLink>,
    [calls, serves]: [u32; 2],
) -> Peer {
    let folder = format!("oneway_{interpreter:?}_{library}");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(serialtalk_python::PEER_FILE), serialtalk_python::PEER).unwrap();
    let line = Line::path(board.link().path()).word();
    let (calls, serves) = (calls.to_string(), serves.to_string());
    let arguments = [&line, library, folder.to_str().unwrap(), &calls, &serves];
    venv.script(interpreter, "oneway.py", &arguments)
}

/// Serves until the other end is done: it may still wait for room for its replies.
fn serve_until(board: &mut Talk<PtyLink>, is_done: impl Fn(&Talk<PtyLink>) -> bool) {
    let start = Instant::now();
    while !is_done(board) {
        board.process_within(10).unwrap();
        assert!(start.elapsed() < Duration::from_secs(600), "the other end is not done");
    }
}

fn is_done(python: &Peer) -> bool {
    python.output().contains("done ")
}

/// Serves and sends by turns, as a main loop does, while the program at the other end does the same.
fn exchange(interpreter: Interpreter, library: &str) {
    let venv = peers::require!();
    let (mut board, calls) = (board(), calls(interpreter));
    let mut python = python(&venv, interpreter, library, &board, [calls, calls]);
    for number in 0..calls {
        board.process().unwrap();
        CounterClient::new(&mut board).bump(number).unwrap();
    }
    serve_until(&mut board, |board| is_done(&python) && served(board) >= calls);
    assert_eq!(python.done(), format!("done {calls} 0"));
    while board.process().unwrap() {}
    assert_eq!(served(&board), calls);
}

#[test]
fn with_the_original_package_in_cpython() {
    exchange(Interpreter::CPython, "serialtalk");
}

#[test]
fn with_the_original_package_in_micropython() {
    exchange(Interpreter::MicroPython, "serialtalk");
}

#[test]
fn with_the_small_peer_in_cpython() {
    exchange(Interpreter::CPython, "serialtalk_peer");
}

#[test]
fn with_the_small_peer_in_micropython() {
    exchange(Interpreter::MicroPython, "serialtalk_peer");
}

/// How many calls a board makes while a command of the host waits at it.
const WHILE_ONE_WAITS: u32 = 20_000;

/// `board` says no hello, for which it would serve what waits.
fn call_while_a_command_waits(board: &mut Talk<PtyLink>, is_done: impl Fn() -> bool) {
    for number in 0..WHILE_ONE_WAITS {
        CounterClient::new(&mut *board).bump(number).unwrap();
    }
    assert_eq!(served(board), 0);
    serve_until(board, |_| is_done());
    assert_eq!(served(board), 1);
}

#[test]
fn a_board_that_serves_later_calls_python() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut board = board().plain();
        let mut python = python(&venv, interpreter, "serialtalk", &board, [1, WHILE_ONE_WAITS]);
        call_while_a_command_waits(&mut board, || is_done(&python));
        assert_eq!(python.done(), format!("done {WHILE_ONE_WAITS} 0"));
    }
}

#[test]
fn a_board_that_serves_later_calls_rust() {
    let mut board = board().plain();
    let host = serial::open(board.link().path(), 115_200).unwrap();
    let mut host = host.serve(CounterServer::new(Count::default()));
    CounterClient::new(&mut host).bump(0).unwrap();
    let host = thread::spawn(move || {
        while served(&host) < WHILE_ONE_WAITS {
            host.process_within(1000).unwrap();
        }
        host
    });
    call_while_a_command_waits(&mut board, || host.is_finished());
    host.join().unwrap();
}
