use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The task of a peer that both serves and calls; see [`Venv::both`](crate::Venv::both).
#[derive(Debug, Clone, Copy)]
pub struct Turns<'a> {
    /// How often it serves and then calls.
    pub rounds: u32,
    /// How many commands it serves in a round.
    pub serves: u32,
    /// How many calls it makes in a round.
    pub calls: u32,
    /// What `st.call` gets: Python, in which `n` counts the calls from 0, such as `'twice', 'i', n`.
    pub arguments: &'a str,
    /// The reply it has to get: Python, such as `('twiceack', 2 * n)`.
    pub expected: &'a str,
    /// How long a call waits for its reply.
    pub timeout_ms: u32,
    /// Calls without regard to what the other end does, and serves only what is already there.
    pub crossed: bool,
}

/// A running program. Dropping it kills the program; if the test is panicking, the output of the program is printed.
#[derive(Debug)]
pub struct Peer {
    name: String,
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    output: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
    timeout: Duration,
    address: Option<Address>,
}

impl Peer {
    /// Starts `command` and waits until it prints `ready`.
    #[track_caller]
    pub(crate) fn start(mut command: Command, name: String) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("can't start {name}: {error}"));
        let output = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = channel();
        let stdout =
            child.stdout.take().map(|stdout| read_lines(stdout, "", Arc::clone(&output), Some(sender)));
        let stderr =
            child.stderr.take().map(|stderr| read_lines(stderr, "stderr: ", Arc::clone(&output), None));
        let readers = stdout.into_iter().chain(stderr).collect();
        let stdin = child.stdin.take();
        let mut peer = Self { name, child, stdin, lines, output, readers, timeout: TIMEOUT, address: None };
        loop {
            let line = peer.line();
            if let Some(address) = Address::parse(&line) {
                peer.address = Some(address);
            } else if line == "ready" {
                return peer;
            } else {
                peer.fail(&format!("printed `{line}` instead of `ready`"));
            }
        }
    }

    /// Where a peer on [`Line::Listen`](crate::Line::Listen) listens.
    #[track_caller]
    pub fn address(&self) -> SocketAddr {
        match &self.address {
            Some(Address::Port(port)) => (Ipv4Addr::LOCALHOST, *port).into(),
            _ => self.fail("listens nowhere"),
        }
    }

    /// The path of the pty that a peer on [`Line::Pty`](crate::Line::Pty) has made.
    #[track_caller]
    pub fn path(&self) -> PathBuf {
        match &self.address {
            Some(Address::Path(path)) => path.clone(),
            _ => self.fail("made no pty"),
        }
    }

    /// Sets how long to wait for each line; 60 s by default.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Makes a client call `st.call(ARGUMENTS)`, and returns the repr of the reply.
    ///
    /// # Panics
    ///
    /// If Python raises; if no answer comes within the [timeout](Self::set_timeout).
    #[track_caller]
    pub fn call(&mut self, arguments: &str) -> String {
        self.ask(&format!("call {arguments}"))
    }

    /// Sends a line to a client and returns its answer; `client.py` lists the commands.
    ///
    /// # Panics
    ///
    /// As [`call`](Self::call).
    #[track_caller]
    pub fn ask(&mut self, line: &str) -> String {
        self.say(line);
        self.answer().unwrap_or_else(|error| self.fail(&format!("raised {error} on `{line}`")))
    }

    /// Sends a line, without waiting for anything.
    #[track_caller]
    pub fn say(&mut self, line: &str) {
        let Some(stdin) = &mut self.stdin else { self.fail("has no standard input any more") };
        let sent = stdin.write_all(format!("{line}\n").as_bytes());
        sent.unwrap_or_else(|error| self.fail(&format!("did not take `{line}`: {error}")));
    }

    /// A client's answer to what was [said](Self::say) to it: the repr of the value, or of the exception.
    #[track_caller]
    pub fn answer(&mut self) -> Result<String, String> {
        let line = self.line();
        match line.split_at_checked(2) {
            Some(("= ", value)) => Ok(value.into()),
            Some(("! ", error)) => Err(error.into()),
            _ => self.fail(&format!("printed `{line}` instead of an answer")),
        }
    }

    /// The next line that it prints.
    ///
    /// # Panics
    ///
    /// If none comes within the [timeout](Self::set_timeout).
    #[track_caller]
    pub fn line(&mut self) -> String {
        match self.lines.recv_timeout(self.timeout) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => {
                self.fail(&format!("printed nothing for {} s", self.timeout.as_secs()))
            }
            Err(RecvTimeoutError::Disconnected) => self.fail("ended, or closed its output"),
        }
    }

    /// Waits until a server, or a peer that serves and calls, is done; returns its last line, `done` and some numbers. The
    /// peer keeps its line open until it is dropped.
    ///
    /// # Panics
    ///
    /// If that line does not come within the [timeout](Self::set_timeout).
    #[track_caller]
    pub fn done(&mut self) -> String {
        let deadline = Instant::now() + self.timeout;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) if line.starts_with("done") => return line,
                Ok(_) => {}
                Err(error) => self.fail(&format!("was not done: {error}")),
            }
        }
    }

    /// Kills the program now.
    pub fn kill(mut self) {
        self.end();
    }

    /// Everything that the program has printed so far; lines of standard error are marked.
    pub fn output(&self) -> String {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[track_caller]
    fn fail(&self, what: &str) -> ! {
        panic!("{} {what}", self.name)
    }

    fn end(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        for reader in self.readers.drain(..) {
            reader.join().ok();
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.end();
        if thread::panicking() {
            eprintln!("{} printed:\n{}", self.name, self.output());
        }
    }
}

const TIMEOUT: Duration = Duration::from_secs(60);

/// Where a peer accepts connections.
#[derive(Debug)]
enum Address {
    Port(u16),
    Path(PathBuf),
}

impl Address {
    fn parse(line: &str) -> Option<Self> {
        match line.split_once(' ')? {
            ("port", port) => Some(Self::Port(port.parse().ok()?)),
            ("path", path) => Some(Self::Path(path.into())),
            _ => None,
        }
    }
}

/// Reads a stream in a thread, until the program closes it; sends its lines, and appends them to `output`.
fn read_lines(
    stream: impl Read + Send + 'static,
    mark: &'static str,
    output: Arc<Mutex<String>>,
    lines: Option<Sender<String>>,
) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut bytes = Vec::new();
        while stream.read_until(b'\n', &mut bytes).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&bytes);
            let line = text.trim_end_matches(['\r', '\n']);
            let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
            *output += &format!("  {mark}{line}\n");
            drop(output);
            if let Some(lines) = &lines {
                lines.send(line.to_owned()).ok();
            }
            bytes.clear();
        }
    })
}
