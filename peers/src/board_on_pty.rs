//! MicroPython for Unix, made to behave like a board behind a serial port.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::{self, JoinHandle};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::{Interpreter, Venv};

/// A MicroPython with a serial port and a folder as its file system, which may hold a `main.py`.
///
/// Where a board would restart, the program exits; another one is started behind the same port, with the messages of a
/// board. Ctrl-C interrupts running code, unless `micropython.kbd_intr(-1)` has disabled that. Dropping it removes the port
/// and the folder.
#[derive(Debug)]
pub struct BoardOnPty {
    path: PathBuf,
    folder: PathBuf,
    should_stop: Arc<AtomicBool>,
    should_reset: Arc<AtomicBool>,
    relay: Option<JoinHandle<()>>,
}

/// Runs `main.py`, if there is one.
const BOOT: &str = "\
try:
    main = open('main.py').read()
except OSError:
    main = ''
exec(main)
";

impl Venv {
    /// Starts a MicroPython with an empty file system behind a serial port.
    ///
    /// # Panics
    ///
    /// If the operating system has no pty, or the program cannot be started.
    #[track_caller]
    pub fn board(&self) -> BoardOnPty {
        self.start_board(false)
    }

    /// Starts a board without raw paste, as one whose MicroPython is older than 1.14.
    ///
    /// # Panics
    ///
    /// As [`board`](Self::board).
    #[track_caller]
    pub fn board_without_raw_paste(&self) -> BoardOnPty {
        self.start_board(true)
    }

    #[track_caller]
    fn start_board(&self, hides_raw_paste: bool) -> BoardOnPty {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("serialtalk-board-{}-{number}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir(&folder)
            .unwrap_or_else(|error| panic!("can't make {}: {error}", folder.display()));
        let (port, path) = terminal().expect("the operating system has no pty");
        let slave = slave(&path).expect("a pty that was just made cannot be opened");
        let should_stop = Arc::new(AtomicBool::new(false));
        let should_reset = Arc::new(AtomicBool::new(false));
        let mut relay = Relay {
            venv: self.clone(),
            folder: folder.clone(),
            port: port.into(),
            _slave: slave,
            hides_raw_paste,
            should_stop: Arc::clone(&should_stop),
            should_reset: Arc::clone(&should_reset),
        };
        let program = relay.start(None).expect("MicroPython cannot be started");
        let relay = Some(thread::spawn(move || relay.run(program)));
        BoardOnPty { path, folder, should_stop, should_reset, relay }
    }
}

impl BoardOnPty {
    /// The path of its serial port.
    pub fn path(&self) -> &str {
        self.path.to_str().unwrap_or_default()
    }

    /// The folder that is its file system.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Resets the board: running code is killed, and the board starts again. Returns at once.
    pub fn reset(&self) {
        self.should_reset.store(true, Ordering::Relaxed);
    }
}

impl Drop for BoardOnPty {
    fn drop(&mut self) {
        self.should_stop.store(true, Ordering::Relaxed);
        if let Some(relay) = self.relay.take() {
            relay.join().ok();
        }
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// Forwards bytes between the port and the program behind it.
struct Relay {
    venv: Venv,
    folder: PathBuf,
    port: File,
    /// Kept open, because the port fails while no program has it open.
    _slave: OwnedFd,
    hides_raw_paste: bool,
    should_stop: Arc<AtomicBool>,
    should_reset: Arc<AtomicBool>,
}

/// A program and its terminal.
struct Program {
    child: Child,
    terminal: File,
}

/// How a program ended, told from its last output: at the raw prompt, it acknowledges a soft reset with `OK`.
#[derive(Clone, Copy)]
enum Restart {
    Raw,
    Friendly,
    Hard,
}

/// The signal by which MicroPython stops its threads, and which it catches from its start on: `SIGRTMIN + 5`.
const STARTED: i32 = 39;

const POLL_INTERVAL: Timespec = Timespec { tv_sec: 0, tv_nsec: 10_000_000 };

impl Relay {
    /// Starts a program, at the prompt where a board would be after this restart.
    fn start(&mut self, restart: Option<Restart>) -> io::Result<Program> {
        let (master, path) = terminal()?;
        let slave = slave(&path)?;
        // Raw mode stays on at a restart, and `main.py` is left alone.
        let boot = if matches!(restart, Some(Restart::Raw)) { "" } else { BOOT };
        let mut command = self.venv.command(Interpreter::MicroPython);
        command.args(["-i", "-c", boot]).current_dir(&self.folder);
        command.env("HOME", "/nonexistent").env("MICROPYPATH", ":.frozen");
        command.stdin(slave.try_clone()?).stdout(slave.try_clone()?).stderr(slave);
        let child = command.spawn()?;
        // Closes our last descriptors of the program's end.
        drop(command);
        let mut program = Program { child, terminal: master.into() };
        match restart {
            None | Some(Restart::Hard) => {}
            Some(Restart::Friendly) => self.say("MPY: soft reboot\r\n"),
            Some(Restart::Raw) => {
                self.say("MPY: soft reboot\r\n");
                program.read_until(b">>> ")?;
                program.terminal.write_all(b"\x01")?;
                program.read_until(b"\r\n")?;
            }
        }
        Ok(program)
    }

    fn run(mut self, mut program: Program) {
        loop {
            match self.relay(&mut program) {
                None => return,
                Some(restart) => {
                    program.end();
                    match self.start(Some(restart)) {
                        Ok(next) => program = next,
                        Err(error) => {
                            eprintln!("MicroPython cannot be restarted: {error}");
                            return;
                        }
                    }
                }
            }
        }
    }

    /// Forwards bytes until the program ends; returns `None` if the board is to stop.
    fn relay(&mut self, program: &mut Program) -> Option<Restart> {
        let (mut to_program, mut to_port) = (Vec::new(), Vec::new());
        let mut tail = Vec::new();
        loop {
            if self.should_stop.load(Ordering::Relaxed) {
                program.end();
                return None;
            }
            if self.should_reset.swap(false, Ordering::Relaxed) {
                return Some(Restart::Hard);
            }
            let interest = |nothing_held: bool, held: bool| {
                let read = if nothing_held { PollFlags::IN } else { PollFlags::empty() };
                read | if held { PollFlags::OUT } else { PollFlags::empty() }
            };
            let mut ready = [
                PollFd::new(&self.port, interest(to_program.is_empty(), !to_port.is_empty())),
                PollFd::new(&program.terminal, interest(to_port.is_empty(), !to_program.is_empty())),
            ];
            poll(&mut ready, Some(&POLL_INTERVAL)).ok();
            let [port, terminal] = [ready[0].revents(), ready[1].revents()];
            if port.contains(PollFlags::IN) {
                read_available(&mut self.port, &mut to_program);
                if self.hides_raw_paste && tail.ends_with(b">") && to_program.first() == Some(&5) {
                    // Without its first byte, the request only clears the line.
                    to_program.remove(0);
                }
                program.interrupt_by(&mut to_program);
            }
            if terminal.intersects(PollFlags::IN | PollFlags::HUP | PollFlags::ERR) && to_port.is_empty() {
                let is_open = read_available(&mut program.terminal, &mut to_port);
                tail.extend_from_slice(&to_port);
                tail.drain(..tail.len().saturating_sub(4));
                if !is_open {
                    return Some(if tail.ends_with(b"OK\r\n") {
                        Restart::Raw
                    } else if tail.ends_with(b"\n") {
                        Restart::Friendly
                    } else {
                        Restart::Hard
                    });
                }
            }
            write_available(&mut self.port, &mut to_port);
            write_available(&mut program.terminal, &mut to_program);
        }
    }

    fn say(&mut self, text: &str) {
        let mut bytes = text.as_bytes().to_vec();
        while !bytes.is_empty() && !self.should_stop.load(Ordering::Relaxed) {
            write_available(&mut self.port, &mut bytes);
        }
    }
}

impl Program {
    fn end(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Interrupts the program if `bytes` hold a Ctrl-C that it catches, and drops the bytes up to the last Ctrl-C, as a board
    /// does.
    fn interrupt_by(&mut self, bytes: &mut Vec<u8>) {
        let Some(at) = bytes.iter().rposition(|byte| *byte == 3) else { return };
        let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return };
        // It stands still meanwhile: one that reached its prompt between the look and the signal would end by it.
        kill_process(pid, Signal::STOP).ok();
        let is_caught = self.catches_interrupts();
        if is_caught {
            kill_process(pid, Signal::INT).ok();
            bytes.drain(..=at);
        }
        kill_process(pid, Signal::CONT).ok();
    }

    /// Whether the program, which is being stopped, handles an interrupt: MicroPython catches the signal while it runs code, but
    /// not at a prompt or after `kbd_intr(-1)`. It is a library of a CPython, which would end by that signal while it starts.
    fn catches_interrupts(&self) -> bool {
        let path = format!("/proc/{}/status", self.child.id());
        loop {
            let Ok(status) = std::fs::read_to_string(&path) else { return false };
            let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            match value("State:").and_then(|state| state.chars().next()) {
                Some('T') => {}
                Some('Z' | 'X') | None => return false,
                Some(_) => {
                    thread::yield_now();
                    continue;
                }
            }
            let mask = value("SigCgt:").and_then(|mask| u64::from_str_radix(mask, 16).ok());
            let has = |mask: u64, signal: i32| mask & 1 << (signal - 1) != 0;
            return mask.is_some_and(|mask| has(mask, STARTED) && has(mask, Signal::INT.as_raw()));
        }
    }

    fn read_until(&mut self, end: &[u8]) -> io::Result<()> {
        let mut received = Vec::new();
        while !received.ends_with(end) {
            let mut byte = [0];
            match self.terminal.read(&mut byte) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => received.extend(byte),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    poll(&mut [PollFd::new(&self.terminal, PollFlags::IN)], Some(&POLL_INTERVAL))?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// Reads what has arrived; returns whether the other end is still open.
fn read_available(from: &mut File, into: &mut Vec<u8>) -> bool {
    let mut buffer = [0; 4096];
    match from.read(&mut buffer) {
        Ok(0) => false,
        Ok(count) => {
            into.extend_from_slice(&buffer[..count]);
            true
        }
        Err(error) => error.kind() == io::ErrorKind::WouldBlock || error.kind() == io::ErrorKind::Interrupted,
    }
}

/// Writes as much as there is room for, and removes it from `bytes`.
fn write_available(to: &mut File, bytes: &mut Vec<u8>) {
    if !bytes.is_empty()
        && let Ok(count) = to.write(bytes)
    {
        bytes.drain(..count);
    }
}

/// Opens a pty in raw mode; the returned end does not block.
fn terminal() -> io::Result<(OwnedFd, PathBuf)> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let path = PathBuf::from(ptsname(&master, Vec::new())?.to_string_lossy().into_owned());
    let slave = slave(&path)?;
    let mut settings = tcgetattr(&slave)?;
    settings.make_raw();
    tcsetattr(&slave, OptionalActions::Now, &settings)?;
    rustix::io::ioctl_fionbio(&master, true)?;
    Ok((master, path))
}

pub(crate) fn slave(path: &Path) -> io::Result<OwnedFd> {
    Ok(rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?)
}
