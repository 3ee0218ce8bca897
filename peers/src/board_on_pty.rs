//! MicroPython as a program, made to behave as a board behind a serial port does.

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

/// A MicroPython that has a serial port, a folder for a file system, and a `main.py` if one is put there.
///
/// The program ends where a board restarts; another takes its place then, behind the same port, and says what a board
/// says. Ctrl-C interrupts what runs, except while that is turned off by `micropython.kbd_intr(-1)`. Dropping it takes
/// the port and the folder away.
#[derive(Debug)]
pub struct BoardOnPty {
    path: PathBuf,
    folder: PathBuf,
    shall_stop: Arc<AtomicBool>,
    shall_reset: Arc<AtomicBool>,
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
        let shall_stop = Arc::new(AtomicBool::new(false));
        let shall_reset = Arc::new(AtomicBool::new(false));
        let mut relay = Relay {
            venv: self.clone(),
            folder: folder.clone(),
            port: port.into(),
            _slave: slave,
            hides_raw_paste,
            shall_stop: Arc::clone(&shall_stop),
            shall_reset: Arc::clone(&shall_reset),
        };
        let program = relay.start(None).expect("MicroPython cannot be started");
        let relay = Some(thread::spawn(move || relay.run(program)));
        BoardOnPty { path, folder, shall_stop, shall_reset, relay }
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

    /// Presses its reset button: what runs ends where it is, and the board starts anew. Returns at once.
    pub fn reset(&self) {
        self.shall_reset.store(true, Ordering::Relaxed);
    }
}

impl Drop for BoardOnPty {
    fn drop(&mut self) {
        self.shall_stop.store(true, Ordering::Relaxed);
        if let Some(relay) = self.relay.take() {
            relay.join().ok();
        }
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// Passes bytes on between the port and whichever program is behind it.
struct Relay {
    venv: Venv,
    folder: PathBuf,
    port: File,
    /// Kept so that the port does not fail while nobody has it open.
    _slave: OwnedFd,
    hides_raw_paste: bool,
    shall_stop: Arc<AtomicBool>,
    shall_reset: Arc<AtomicBool>,
}

/// A program and its terminal.
struct Program {
    child: Child,
    terminal: File,
}

/// Why a program ended, by the last of what it said: at its raw prompt it acknowledges the wish for a restart.
#[derive(Clone, Copy)]
enum Restart {
    Raw,
    Friendly,
    Hard,
}

const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 10_000_000 };

impl Relay {
    /// Starts a program; `input` is what it shall read first.
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
        // With it go our last descriptors of the program's end.
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
                    // There is none where the folder has gone, with the test.
                    let Ok(next) = self.start(Some(restart)) else { return };
                    program = next;
                }
            }
        }
    }

    /// Passes bytes on until the program ends; none if that is to be the end of all.
    fn relay(&mut self, program: &mut Program) -> Option<Restart> {
        let (mut down, mut up) = (Vec::new(), Vec::new());
        let mut last = Vec::new();
        loop {
            if self.shall_stop.load(Ordering::Relaxed) {
                program.end();
                return None;
            }
            if self.shall_reset.swap(false, Ordering::Relaxed) {
                return Some(Restart::Hard);
            }
            let wish = |nothing_held: bool, held: bool| {
                let read = if nothing_held { PollFlags::IN } else { PollFlags::empty() };
                read | if held { PollFlags::OUT } else { PollFlags::empty() }
            };
            let mut ready = [
                PollFd::new(&self.port, wish(down.is_empty(), !up.is_empty())),
                PollFd::new(&program.terminal, wish(up.is_empty(), !down.is_empty())),
            ];
            poll(&mut ready, Some(&LOOK)).ok();
            let [port, terminal] = [ready[0].revents(), ready[1].revents()];
            if port.contains(PollFlags::IN) {
                take(&mut self.port, &mut down);
                if self.hides_raw_paste && last.ends_with(b">") && down.first() == Some(&5) {
                    // What is left of the wish is a wish to begin the line anew.
                    down.remove(0);
                }
                program.interrupt_by(&mut down);
            }
            if terminal.intersects(PollFlags::IN | PollFlags::HUP | PollFlags::ERR) && up.is_empty() {
                let is_open = take(&mut program.terminal, &mut up);
                last.extend_from_slice(&up);
                last.drain(..last.len().saturating_sub(4));
                if !is_open {
                    return Some(if last.ends_with(b"OK\r\n") {
                        Restart::Raw
                    } else if last.ends_with(b"\n") {
                        Restart::Friendly
                    } else {
                        Restart::Hard
                    });
                }
            }
            give(&mut self.port, &mut up);
            give(&mut program.terminal, &mut down);
        }
    }

    fn say(&mut self, text: &str) {
        let mut bytes = text.as_bytes().to_vec();
        while !bytes.is_empty() && !self.shall_stop.load(Ordering::Relaxed) {
            give(&mut self.port, &mut bytes);
        }
    }
}

impl Program {
    fn end(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Takes the last Ctrl-C out of what is sent to it, if it is to be interrupted by that, as a board does. What came
    /// before is lost then.
    fn interrupt_by(&mut self, bytes: &mut Vec<u8>) {
        if let Some(at) = bytes.iter().rposition(|byte| *byte == 3)
            && self.catches_interrupts()
            && let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
        {
            kill_process(pid, Signal::INT).ok();
            bytes.drain(..=at);
        }
    }

    /// Whether the program is ready to be interrupted: MicroPython catches the signal while it runs code, and not while it
    /// waits for code or has been told to leave Ctrl-C alone.
    fn catches_interrupts(&self) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let mask = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask & 1 << (Signal::INT.as_raw() - 1) != 0)
    }

    fn read_until(&mut self, end: &[u8]) -> io::Result<()> {
        let mut heard = Vec::new();
        while !heard.ends_with(end) {
            let mut byte = [0];
            match self.terminal.read(&mut byte) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => heard.extend(byte),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    poll(&mut [PollFd::new(&self.terminal, PollFlags::IN)], Some(&LOOK))?;
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

/// Reads what is there; tells whether the other end is still open.
fn take(from: &mut File, into: &mut Vec<u8>) -> bool {
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

/// Writes what there is room for.
fn give(to: &mut File, bytes: &mut Vec<u8>) {
    if !bytes.is_empty()
        && let Ok(count) = to.write(bytes)
    {
        bytes.drain(..count);
    }
}

/// Makes a pty whose terminal changes no byte; its other end does not block.
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
