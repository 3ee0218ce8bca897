//! Programs that a host sends to a board, starts, and calls through a typed trait, over one line.
#![cfg(target_os = "linux")]

use core::convert::Infallible;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use peers::{BoardOnPty, Firmware, Machine};
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder};
use serialtalk::{CallError, Caller};
use serialtalk_hal::board::{Board, Copied, DeployError, Program, Tree, include_board};
use serialtalk_hal::serial::SerialLink;
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{SerialTalk, over, serial};

const BOARD: Program<'_> = include_board!("board.py");

/// The commands of `board.py`.
#[serialtalk::interface]
trait Counter {
    /// Product of two numbers.
    #[command(idempotent)]
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Adds to a sum and returns it.
    fn add(&mut self, n: i32) -> i32;
    /// The sum. No byte of this call is a Ctrl-C, which would stop the program while the board starts.
    fn total(&mut self) -> i32;
    /// Text with another in front.
    #[command(idempotent)]
    fn greet(&mut self, name: &str) -> String;
    /// The address after `data` stored at `at`.
    fn store(&mut self, at: u32, data: &[u8]) -> u32;
    /// The bytes 0, 1, 2 and so on, `count` of them.
    #[command(idempotent)]
    fn load(&mut self, count: u8) -> Vec<u8>;
    /// Fails.
    fn fail(&mut self);
}

fn on_pty(board: &BoardOnPty) -> SerialTalk<SerialLink> {
    serial::open(board.path(), 115_200).unwrap()
}

fn on_microbit() -> Option<(peers::Board, SerialTalk<SocketLink<UnixStream>>)> {
    let (board, [line]) = Machine::Microbit.board(Firmware::MicroPython)?.start();
    Some((board, over(SocketLink::new(line, "micro:bit").unwrap(), "micro:bit")))
}

fn calls<C: Caller<Error: std::fmt::Debug + std::fmt::Display>>(counter: &mut CounterClient<C>) {
    for n in 0..1000u16 {
        assert_eq!(counter.mult(n.into(), -0.5).unwrap(), f32::from(n) * -0.5);
    }
    assert_eq!(counter.add(1).unwrap(), 1);
    assert_eq!(counter.add(-3).unwrap(), -2);
    assert_eq!(counter.greet("Wörld €").unwrap(), "hello Wörld €");
    // A micro:bit buffers 63 bytes: the whole frame fits.
    for count in [0, 1, 40] {
        let bytes: Vec<u8> = (0..count).collect();
        assert_eq!(counter.store(4096, &bytes).unwrap(), 4096 + u32::from(count));
        assert_eq!(counter.load(count).unwrap(), bytes);
    }
    let error = counter.fail().unwrap_err();
    assert!(
        matches!(&error, CallError::Refused { error, .. } if error.text().contains("on purpose")),
        "{error}"
    );
}

/// Calls `echo` with every byte, also the one that is Ctrl-C. The emulated UART of a micro:bit holds back a byte until the next
/// one arrives, once in some ten thousand frames; so the calls are idempotent, like those of `mult`.
fn echoes<C: Caller<Error: std::fmt::Debug + std::fmt::Display>>(caller: &mut C) {
    for n in 0..1000u32 {
        let word = n.wrapping_mul(0x0403_0201);
        let arguments = |payload: &mut PayloadWriter<'_, '_>| payload.values(&(word,));
        let command = Command { idempotent: true, ..Command::new("echo") };
        assert_eq!(
            caller.call_with(command, arguments, ReplyDecoder::<u32, Infallible>::VALUE).unwrap(),
            word
        );
    }
}

/// Waits until the sum of a board that was reset is zero: until the reset takes effect, the board answers as before.
fn wait_until_restarted<C: Caller>(counter: &mut CounterClient<C>) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !matches!(counter.total(), Ok(0)) {
        assert!(Instant::now() < deadline, "the board did not restart");
    }
}

#[test]
fn a_program_is_sent_started_and_called() {
    let micropython = peers::require!().board();
    let mut counter: CounterClient<_> = BOARD.deploy(on_pty(&micropython)).unwrap();
    calls(&mut counter);
    echoes(counter.caller_mut());
    // The second time nothing is sent; the program is started again over the same line.
    let sent_at = std::fs::metadata(micropython.folder().join("main.py")).unwrap().modified().unwrap();
    let mut counter: CounterClient<_> = BOARD.deploy(counter.into_caller()).unwrap();
    assert_eq!(counter.add(1).unwrap(), 1);
    let now = std::fs::metadata(micropython.folder().join("main.py")).unwrap().modified().unwrap();
    assert_eq!(now, sent_at);
    // After a reset the board runs the program again.
    micropython.reset();
    wait_until_restarted(&mut counter);
    assert_eq!(counter.add(2).unwrap(), 2);
}

#[test]
fn a_program_is_sent_to_a_microbit_in_pieces() {
    let Some((_board, line)) = on_microbit() else { return };
    let mut counter: CounterClient<_> = BOARD.deploy(line).unwrap_or_else(|error| panic!("{error}"));
    calls(&mut counter);
    echoes(counter.caller_mut());
    let mut counter: CounterClient<_> = BOARD.deploy(counter.into_caller()).unwrap();
    assert_eq!(counter.add(1).unwrap(), 1);
}

#[test]
fn a_microbit_runs_the_program_after_a_reset() {
    let Some((mut board, line)) = on_microbit() else { return };
    let mut counter: CounterClient<_> = BOARD.deploy(line).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(counter.add(5).unwrap(), 5);
    board.reset();
    wait_until_restarted(&mut counter);
    for n in 0..100u16 {
        assert_eq!(counter.mult(n.into(), 2.0).unwrap(), f32::from(n) * 2.0);
    }
    assert_eq!(counter.add(2).unwrap(), 2);
}

#[test]
fn only_what_changed_is_sent() {
    let micropython = peers::require!().board();
    let program = BOARD
        .with_modules(&[("lib/spare.py", "def add_commands(st): st.add_command(lambda: 7, 'B', 'seven')\n")]);
    let mut board = Board::new(on_pty(&micropython).into_link());
    assert_eq!(program.install(&mut board).unwrap(), Copied { sent: 3, unchanged: 0 });
    assert_eq!(program.install(&mut board).unwrap(), Copied { sent: 0, unchanged: 3 });
    let other = program.with_modules(&[("lib/spare.py", "")]);
    assert_eq!(other.install(&mut board).unwrap(), Copied { sent: 1, unchanged: 2 });
}

#[test]
fn a_folder_comes_along_with_the_program() {
    let micropython = peers::require!().board();
    let folder = std::env::temp_dir().join(format!("serialtalk-deployed-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("lib/.git")).unwrap();
    std::fs::write(folder.join("lib/spare.py"), "seven = 7\n").unwrap();
    std::fs::write(folder.join("lib/.git/config"), "").unwrap();
    let is_meant = |path: &std::path::Path| !path.ends_with(".git");
    let tree = Tree::read(&folder, is_meant).unwrap();
    std::fs::remove_file(folder.join("lib/.git/config")).unwrap();
    assert_eq!(tree.size(), 10);
    assert_eq!(tree.files().map(|(_, path)| path).collect::<Vec<_>>(), ["lib/spare.py"]);
    let mut board = Board::new(on_pty(&micropython).into_link());
    let program = Program::new("from lib.spare import seven\n").with_tree(&tree).without_peer();
    assert_eq!(program.start(&mut board).unwrap(), Copied { sent: 2, unchanged: 0 });
    assert_eq!(program.start(&mut board).unwrap(), Copied { sent: 0, unchanged: 2 });
    // Once main.py has ended, the board is at its prompt.
    let mut talk = over(board.into_link(), "board");
    let error = Program::wait_for(&mut talk, 10_000).unwrap_err();
    assert!(matches!(error, DeployError::Ended), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(!micropython.folder().join("lib/.git").exists());
}

#[test]
fn a_module_of_the_program_is_loaded_when_it_is_asked_for() {
    let micropython = peers::require!().board();
    let spare = [("spare.py", "def add_commands(st):\n    st.add_command(lambda: 7, 'B', 'seven')\n")];
    let mut counter: CounterClient<_> = BOARD.with_modules(&spare).deploy(on_pty(&micropython)).unwrap();
    let talk = counter.caller_mut();
    assert!(talk.call::<u8>("seven", ()).is_err());
    talk.add_module("spare").unwrap();
    assert_eq!(talk.call::<u8>("seven", ()).unwrap(), 7);
}

#[test]
fn a_program_that_fails_at_its_start_returns_its_traceback() {
    let micropython = peers::require!().board();
    let broken = Program::new("import time\n\n\nprint(nowhere)\n");
    let error = broken.deploy::<CounterClient<_>, _, _, _, 258, 1024, _>(on_pty(&micropython)).unwrap_err();
    let DeployError::Failed(traceback) = error else { panic!("{error}") };
    assert!(traceback.contains("line 4, in <module>"), "{traceback}");
    assert!(traceback.ends_with("NameError: name 'nowhere' isn't defined"), "{traceback}");
}

#[test]
fn a_program_that_does_not_serve_is_not_waited_for() {
    let micropython = peers::require!().board();
    let ends = Program::new("x = 1\n");
    let error = ends.deploy::<CounterClient<_>, _, _, _, 258, 1024, _>(on_pty(&micropython)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the program ended, and the board is at its prompt: its last line must serve, as `st.loop()` does"
    );
}
