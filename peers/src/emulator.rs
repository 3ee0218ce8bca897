use std::fmt;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::{MICROBIT_MICROPYTHON, no_firmware, skip};

/// A machine that QEMU emulates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// Texas Instruments' LM3S6965 evaluation board: Cortex-M3, three PL011 UARTs.
    Lm3s6965evb,
    /// The BBC micro:bit v1: nRF51, Cortex-M0, 16 KiB of RAM, one UART.
    Microbit,
    /// QEMU's own RISC-V board, with 32 bits: a 16550 UART.
    RiscvVirt,
    /// The Netduino Plus 2: STM32F405, a Cortex-M4, the chip of the Pyboard.
    NetduinoPlus2,
    /// The Arduino Mega 2560: ATmega2560, an AVR, 8 KiB of RAM.
    ArduinoMega,
}

/// What runs on an emulated board.
#[derive(Debug, Clone, Copy)]
pub enum Firmware<'a> {
    /// An ELF file that was linked for the machine.
    Elf(&'a Path),
    /// One of the example boards, by the name that `xtask/src/boards.rs` has for it.
    Example(&'a str),
    /// MicroPython 1.9.2 for the micro:bit, as Debian packages it.
    MicroPython,
}

/// A running emulated board. Dropping it kills the emulator; if the test is panicking, the emulator's errors are printed.
#[derive(Debug)]
pub struct Board {
    emulator: Child,
    what: String,
    monitor: Option<UnixStream>,
    /// Kept open, because the emulator pauses for a second whenever a closed pty is opened.
    port: Option<OwnedFd>,
}

/// How an emulated board is started.
#[derive(Debug)]
pub struct BoardBuilder {
    machine: Machine,
    arguments: Vec<String>,
}

/// How long the emulator may take to start on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(60);

impl Machine {
    fn program(self) -> &'static str {
        match self {
            Self::Lm3s6965evb | Self::Microbit | Self::NetduinoPlus2 => "qemu-system-arm",
            Self::RiscvVirt => "qemu-system-riscv32",
            Self::ArduinoMega => "qemu-system-avr",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Lm3s6965evb => &["-M", "lm3s6965evb"],
            Self::Microbit => &["-M", "microbit"],
            Self::RiscvVirt => &["-M", "virt", "-bios", "none"],
            Self::NetduinoPlus2 => &["-M", "netduinoplus2"],
            Self::ArduinoMega => &["-M", "mega2560"],
        }
    }

    /// The option that loads firmware.
    fn flash(self) -> &'static str {
        if self == Self::ArduinoMega { "-bios" } else { "-kernel" }
    }

    /// A board of this kind with `firmware` on it. Where the emulator or the firmware is not installed, [skips
    /// the test](crate::skip); see [`require_board!`](crate::require_board).
    pub fn board(self, firmware: Firmware<'_>) -> Option<BoardBuilder> {
        self.find(firmware).inspect_err(Missing::skip_test).ok()
    }

    /// A board of this kind with `firmware` on it; an error tells what is missing to emulate it.
    pub fn find(self, firmware: Firmware<'_>) -> Result<BoardBuilder, Missing> {
        let program = self.program();
        if Command::new(program).arg("--version").stdout(Stdio::null()).status().is_err() {
            let what = format!("no {program}");
            return Err(Missing { what, remedy: "Debian: apt install qemu-system-arm qemu-system-misc" });
        }
        let mut arguments: Vec<String> = self.arguments().iter().map(|&it| it.into()).collect();
        match firmware {
            Firmware::Elf(path) => arguments.extend([self.flash().into(), path.display().to_string()]),
            Firmware::Example(name) => {
                let path = find_example(name)?;
                arguments.extend([self.flash().into(), path.display().to_string()]);
            }
            Firmware::MicroPython => {
                if !Path::new(MICROBIT_MICROPYTHON).exists() {
                    let remedy = "Debian: apt install firmware-microbit-micropython";
                    return Err(Missing { what: "no MicroPython for micro:bit".into(), remedy });
                }
                arguments.extend(["-device".into(), format!("loader,file={MICROBIT_MICROPYTHON}")]);
            }
        }
        Ok(BoardBuilder { machine: self, arguments })
    }
}

/// The firmware of an example, which `cargo xtask test` has built. Where there is none, [skips the
/// test](crate::skip).
pub fn example(name: &str) -> Option<PathBuf> {
    find_example(name).inspect_err(Missing::skip_test).ok()
}

fn find_example(name: &str) -> Result<PathBuf, Missing> {
    let found = std::env::var_os("SERIALTALK_BOARDS").map(|folder| Path::new(&folder).join(name));
    let missing = || Missing { what: no_firmware(name), remedy: "`cargo xtask test` builds it" };
    found.filter(|path| path.exists()).ok_or_else(missing)
}

/// Why a board cannot be emulated: what is missing, and how to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    what: String,
    remedy: &'static str,
}

impl Missing {
    fn skip_test(&self) {
        skip(&self.what, self.remedy);
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.remedy)
    }
}

impl std::error::Error for Missing {}

impl BoardBuilder {
    /// Adds arguments for QEMU.
    #[must_use]
    pub fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|&argument| argument.into()));
        self
    }

    /// Starts the board; its first `N` UARTs are the other ends of the sockets, in order.
    ///
    /// # Panics
    ///
    /// If the emulator exits, or does not connect within a minute.
    #[track_caller]
    pub fn start<const N: usize>(mut self) -> (Board, [UnixStream; N]) {
        let sockets = [(); N].map(|()| ListeningSocket::new());
        for socket in &sockets {
            self.arguments.extend(["-serial".into(), format!("unix:{}", socket.path.display())]);
        }
        let monitor = ListeningSocket::new();
        self.arguments.extend(["-monitor".into(), format!("unix:{}", monitor.path.display())]);
        let mut board = Board::spawn(&self);
        let streams = sockets.map(|socket| board.accept(socket));
        let monitor = board.accept(monitor);
        monitor.set_read_timeout(Some(TIMEOUT)).unwrap_or_else(|error| panic!("{error}"));
        board.monitor = Some(monitor);
        (board, streams)
    }

    /// Starts the board; its first UART can be reached by connecting to a socket in the file system, by one program at a
    /// time.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    #[track_caller]
    pub fn start_listening(mut self) -> (Board, PathBuf) {
        let path = ListeningSocket::new().path.clone();
        self.arguments.extend(["-serial".into(), format!("unix:{},server=on,wait=off", path.display())]);
        let (mut board, []) = self.start();
        let deadline = Instant::now() + TIMEOUT;
        // The path exists before the emulator listens on it.
        while UnixStream::connect(&path).is_err() {
            assert!(Instant::now() < deadline && !board.has_ended(), "{} does not listen", board.what);
            thread::sleep(Duration::from_millis(5));
        }
        (board, path)
    }

    /// Starts the board; its first UART is a pty, which others may open and close.
    ///
    /// # Panics
    ///
    /// If the emulator exits.
    #[cfg(target_os = "linux")]
    #[track_caller]
    pub fn start_on_pty(self) -> (Board, PathBuf) {
        let mut board = self.with(&["-serial", "pty"]).start_detached();
        let path = board.read_pty();
        let port =
            crate::board_on_pty::slave(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        board.port = Some(port);
        (board, path)
    }

    /// Starts the board with every UART as the [arguments](Self::with) have it.
    #[track_caller]
    pub fn start_detached(self) -> Board {
        Board::spawn(&self.with(&["-monitor", "none"]))
    }
}

impl Board {
    /// Starts firmware by the `runner` command of an example, and returns the virtual serial port that the emulator prints.
    ///
    /// # Panics
    ///
    /// If it does not start, or prints something else.
    #[track_caller]
    pub fn run_by(runner: &str, firmware: &Path) -> (Self, PathBuf) {
        let mut words = runner.split_ascii_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).arg(firmware);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let emulator = command.spawn().unwrap_or_else(|error| panic!("can't start {runner}: {error}"));
        let mut board = Self { emulator, what: format!("{command:?}"), monitor: None, port: None };
        let path = board.read_pty();
        (board, path)
    }

    /// The pty of the first UART, which is in the first line that the emulator prints.
    #[track_caller]
    fn read_pty(&mut self) -> PathBuf {
        let output = self.take_output();
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut said = String::new();
            BufReader::new(output).read_line(&mut said).ok();
            sender.send(said)
        });
        let said = receiver.recv_timeout(TIMEOUT).unwrap_or_default();
        let path = said.split(' ').find(|word| word.starts_with("/dev/"));
        PathBuf::from(path.unwrap_or_else(|| panic!("{} has no pty: {said}", self.what)))
    }

    #[track_caller]
    fn spawn(builder: &BoardBuilder) -> Self {
        let program = builder.machine.program();
        let mut command = Command::new(program);
        command.args(&builder.arguments).args(["-display", "none"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let emulator = command.spawn().unwrap_or_else(|error| panic!("can't start {program}: {error}"));
        Self { emulator, what: format!("{command:?}"), monitor: None, port: None }
    }

    /// Waits until the emulator connects to a socket.
    #[track_caller]
    fn accept(&mut self, socket: ListeningSocket) -> UnixStream {
        let (sender, receiver) = channel();
        let listener = socket.listener.try_clone().unwrap_or_else(|error| panic!("{error}"));
        thread::spawn(move || sender.send(listener.accept()).ok());
        let deadline = Instant::now() + TIMEOUT;
        loop {
            match receiver.recv_timeout(Duration::from_millis(50)) {
                Ok(accepted) => return accepted.unwrap_or_else(|error| panic!("{error}")).0,
                Err(RecvTimeoutError::Timeout) if Instant::now() < deadline => {}
                Err(error) => panic!("{} did not connect: {error}", self.what),
            }
            if let Ok(Some(status)) = self.emulator.try_wait() {
                panic!("{} ended with {status}", self.what);
            }
        }
    }

    /// Takes the emulator's standard output, which carries what the board prints by semihosting.
    ///
    /// # Panics
    ///
    /// If it was taken before.
    #[track_caller]
    pub fn take_output(&mut self) -> impl Read + Send + use<> {
        self.emulator.stdout.take().expect("the output is taken once")
    }

    /// Resets the board, and returns once that is done.
    ///
    /// # Panics
    ///
    /// If the emulator has exited, or was started [detached](BoardBuilder::start_detached).
    #[track_caller]
    pub fn reset(&mut self) {
        let what = &self.what;
        let monitor = self.monitor.as_mut().expect("a board that is started detached has no monitor");
        monitor.write_all(b"system_reset\n").unwrap_or_else(|error| panic!("{what}: {error}"));
        // The first answer tells that a reset was asked for. It is made before the next question is read.
        for _ in 0..2 {
            ask(monitor).unwrap_or_else(|error| panic!("{what}: {error}"));
        }
    }

    fn has_ended(&mut self) -> bool {
        !matches!(self.emulator.try_wait(), Ok(None))
    }

    /// Kills the emulator, as a power cut would.
    pub fn kill(self) {}

    /// Waits until the emulator exits by itself, as when the firmware requests it by semihosting.
    ///
    /// # Panics
    ///
    /// If it has not exited within a minute.
    #[track_caller]
    pub fn wait(mut self) -> std::process::ExitStatus {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            match self.emulator.try_wait() {
                Ok(Some(status)) => return status,
                Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
                Ok(None) => panic!("{} did not end", self.what),
                Err(error) => panic!("{}: {error}", self.what),
            }
        }
    }
}

/// Asks the monitor for the status of the machine, and waits for the answer.
fn ask(monitor: &mut UnixStream) -> std::io::Result<()> {
    monitor.write_all(b"info status\n")?;
    let mut said = Vec::new();
    while !said.ends_with(b"VM status") {
        let mut byte = [0];
        monitor.read_exact(&mut byte)?;
        said.extend(byte);
    }
    Ok(())
}

impl Drop for Board {
    fn drop(&mut self) {
        self.emulator.kill().ok();
        let mut said = String::new();
        if let Some(stderr) = &mut self.emulator.stderr {
            stderr.read_to_string(&mut said).ok();
        }
        self.emulator.wait().ok();
        if thread::panicking() {
            eprintln!("{}\n{said}", self.what);
        }
    }
}

/// A socket in the file system, bound before the emulator starts and connects to it.
#[derive(Debug)]
struct ListeningSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ListeningSocket {
    #[track_caller]
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("serialtalk-{}-{number}", std::process::id()));
        std::fs::remove_file(&path).ok();
        let listener = UnixListener::bind(&path);
        let listener = listener.unwrap_or_else(|error| panic!("can't listen on {}: {error}", path.display()));
        Self { listener, path }
    }
}

impl Drop for ListeningSocket {
    fn drop(&mut self) {
        std::fs::remove_file(&self.path).ok();
    }
}
