//! One-way calls with Python at the other end: neither end waits for the other, and each serves all of them in their order.
#![cfg(unix)]

use core::time::Duration;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

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

/// How long a program may take for whatever it does, on any machine.
const LONG: Duration = Duration::from_secs(1000);

fn board() -> Talk<PtyLink> {
    let mut link = PtyLink::open().unwrap();
    link.set_write_timeout_ms(30_000);
    over(link, "board").serve(CounterServer::new(Count::default()))
}

fn served<L>(talk: &Talk<L>) -> u32 {
    talk.service().1.inner().served
}

/// How many calls each end makes: enough to fill every buffer many times, or what `SERIALTALK_ONEWAY_CALLS` says.
fn calls() -> u32 {
    std::env::var("SERIALTALK_ONEWAY_CALLS").map_or(100_000, |calls| calls.parse().unwrap())
}

/// Starts `oneway.py`. `library` is `serialtalk`, the original package, or `serialtalk_peer`, the small peer.
fn python(
    venv: &Venv,
    interpreter: Interpreter,
    library: &str,
    board: &Talk<PtyLink>,
    [calls, serves]: [u32; 2],
) -> Peer {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("oneway");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(serialtalk_python::PEER_FILE), serialtalk_python::PEER).unwrap();
    let line = Line::path(board.link().path()).word();
    let (calls, serves) = (calls.to_string(), serves.to_string());
    let arguments = [&line, library, folder.to_str().unwrap(), &calls, &serves];
    let mut python = venv.script(interpreter, "oneway.py", &arguments);
    python.set_timeout(LONG);
    python
}

/// Serves and sends by turns, as a main loop does, while the program at the other end does the same.
fn exchange(interpreter: Interpreter, library: &str) {
    let venv = peers::require!();
    let (mut board, calls) = (board(), calls());
    let mut python = python(&venv, interpreter, library, &board, [calls, calls]);
    for number in 0..calls {
        board.process().unwrap();
        CounterClient::new(&mut board).bump(number).unwrap();
    }
    let is_done = AtomicBool::new(false);
    let board = thread::scope(|scope| {
        let board = scope.spawn(|| {
            while served(&board) < calls || !is_done.load(Ordering::Relaxed) {
                board.process_within(10).unwrap();
            }
            board
        });
        assert_eq!(python.done(), format!("done {calls} 0"));
        is_done.store(true, Ordering::Relaxed);
        board.join().unwrap()
    });
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

fn call_while_a_command_waits(board: &mut Talk<PtyLink>) {
    for number in 0..WHILE_ONE_WAITS {
        CounterClient::new(&mut *board).bump(number).unwrap();
    }
    assert_eq!(served(board), 0);
    while !board.process_within(1000).unwrap() {}
    assert_eq!(served(board), 1);
}

#[test]
fn a_board_that_serves_later_calls_python() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut board = board();
        let mut python = python(&venv, interpreter, "serialtalk", &board, [1, WHILE_ONE_WAITS]);
        call_while_a_command_waits(&mut board);
        assert_eq!(python.done(), format!("done {WHILE_ONE_WAITS} 0"));
    }
}

#[test]
fn a_board_that_serves_later_calls_rust() {
    let mut board = board();
    let host = serial::open(board.link().path(), 115_200).unwrap();
    let mut host = host.serve(CounterServer::new(Count::default()));
    CounterClient::new(&mut host).bump(0).unwrap();
    thread::scope(|scope| {
        let host = scope.spawn(|| {
            while served(&host) < WHILE_ONE_WAITS {
                host.process_within(1000).unwrap();
            }
        });
        call_while_a_command_waits(&mut board);
        host.join().unwrap();
    });
}
