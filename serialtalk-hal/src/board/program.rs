//! The Python of a board, carried by the program that calls it.

use serialtalk::link::{Link, Received};
use serialtalk::proto::Protocol;
use serialtalk::{CallError, Caller, Clock, SerialTalk, Service};
use serialtalk_python::small::Small;
use serialtalk_python::{PEER, PEER_FILE, statements};

use super::{Board, BoardError, Copied, Progress, Tree};

/// The Python of a board: its `main.py`, and modules that this imports.
///
/// `main.py` serves commands on the line of the REPL, with the small SerialTalk peer that is installed beside it. The host carries
/// it, and calls it by a typed trait:
///
/// ```
/// use serialtalk_hal::board::Program;
///
/// /// What the board can do.
/// #[serialtalk::interface]
/// trait Robot {
///     fn mult(&mut self, a: f32, b: f32) -> f32;
/// }
///
/// const BOARD: Program = Program::new(                        // or include_board!("board.py")
///     "
/// from serialtalk_peer import SerialTalk
///
/// def mult(a, b):
///     return a * b
///
/// st = SerialTalk()
/// st.add_command(mult, 'f', 'mult')
/// st.loop()
/// ");
///
/// # #[cfg(not(target_os = "linux"))]
/// # fn main() {}
/// # #[cfg(target_os = "linux")]
/// # fn main() {
/// #     let micropython = peers::require!().board();
/// #     example(micropython.path()).unwrap();
/// # }
/// # fn example(port: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let mut robot: RobotClient<_> = BOARD.deploy(serialtalk_hal::open(port)?)?;
/// assert_eq!(robot.mult(1.5, 2.0)?, 3.0);
/// # Ok(())
/// # }
/// ```
///
/// Until `loop` is reached, a byte 3 that arrives is a Ctrl-C and ends the program, and the length of a command's name of three
/// letters is such a byte: after a reset create a new client by `connect`, which sends nothing else before the board answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program<'a> {
    main: &'a str,
    modules: &'a [(&'a str, &'a str)],
    tree: Option<&'a Tree>,
    has_peer: bool,
}

/// The program in a file beside this one: `const BOARD: Program = include_board!("board.py");`.
#[macro_export]
macro_rules! include_board {
    ($path:literal) => {
        $crate::board::Program::new(::core::include_str!($path))
    };
}

/// Why a program does not serve on a board. `L` is the error of the link.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeployError<L: core::fmt::Display> {
    /// It could not be put there or started.
    #[error("{0}")]
    Board(BoardError<L>),
    /// It was started, and ended with this traceback.
    #[error("the program failed while it started:\n{0}")]
    Failed(String),
    /// It was started, and ended without an error: the board is at its prompt.
    #[error(
        "the program ended, and the board is at its prompt: its last line must serve, as `st.loop()` does"
    )]
    Ended,
    /// It was started and does not answer; the error quotes its output.
    #[error("{0}")]
    Call(CallError<L>),
}

/// A board with less free memory cannot compile the peer at once: it gets everything statement by statement.
const SMALL: u32 = 64 * 1024;

/// The code of a `main.py` that executes statements one by one from `main.st`.
const PIECES: &str = include_str!("python/pieces.py");

/// How long a board may take to reach its prompt, and its program to answer, in milliseconds.
const START_TIMEOUT_MS: u32 = 10_000;

/// Interval between checks whether the program has failed, in milliseconds.
const CHECK_MS: u32 = 500;

impl<'a> Program<'a> {
    /// A program whose `main.py` is `main`, with the small peer.
    pub const fn new(main: &'a str) -> Self {
        Self { main, modules: &[], tree: None, has_peer: true }
    }

    /// Adds files: their paths on the board, and their contents.
    #[must_use]
    pub const fn with_modules(self, modules: &'a [(&'a str, &'a str)]) -> Self {
        Self { modules, ..self }
    }

    /// Adds the files of a folder of this machine.
    #[must_use]
    pub const fn with_tree(self, tree: &'a Tree) -> Self {
        Self { tree: Some(tree), ..self }
    }

    /// Leaves out the small peer, for a board that has a SerialTalk of its own.
    #[must_use]
    pub const fn without_peer(self) -> Self {
        Self { has_peer: false, ..self }
    }

    /// Puts the program on a board: only those files of it that the board does not have already. It runs whenever the board
    /// starts.
    ///
    /// # Errors
    ///
    /// Those of [`Board::write`].
    pub fn install<L: Link<Error: core::fmt::Display>>(
        &self,
        board: &mut Board<L>,
    ) -> Result<Copied, BoardError<L::Error>> {
        let (platform, is_small) = board.platform(SMALL)?;
        let small = Small::new().platform(&platform);
        let peer = if self.has_peer { PEER } else { "" };
        let mut files: Vec<(&str, String)> = Vec::new();
        files.extend(self.modules.iter().map(|(path, source)| (*path, (*source).to_owned())));
        if is_small {
            let (pieces, main) = pieces(&small.pieces(peer), self.main);
            files.push(("main.st", pieces));
            files.push(("main.py", main));
        } else {
            if self.has_peer {
                files.push((PEER_FILE, small.class_limit(usize::MAX).pieces(peer).concat()));
            }
            files.push(("main.py", self.main.to_owned()));
        }
        let mut copied = match self.tree {
            Some(tree) => board.copy_tree(tree, "")?,
            None => Copied::default(),
        };
        for (path, content) in files {
            if let Some((folder, _)) = path.rsplit_once('/') {
                board.make_folder(folder)?;
            }
            copied.count(board.write(path, content.as_bytes())?);
        }
        Ok(copied)
    }

    /// Puts the program on the board at the other end of a line, where it is not there already, starts it, waits until it
    /// answers, and makes a client of the line: `let mut robot: RobotClient<_> = BOARD.deploy(open_default()?)?`.
    ///
    /// Whatever runs on the board is interrupted.
    ///
    /// # Errors
    ///
    /// Those of [`install`](Self::install); the traceback of a program that fails while it starts, if the endpoint keeps
    /// what arrives outside frames; and a timeout if the program does not answer in 10 s.
    pub fn deploy<T, L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
        &self,
        talk: SerialTalk<L, C, S, N, STRAY, P>,
    ) -> Result<T, DeployError<L::Error>>
    where
        T: From<SerialTalk<L, C, S, N, STRAY, P>>,
        L: Link<Error: core::fmt::Display>,
        C: Clock,
        S: Service,
    {
        self.deploy_watched(talk, |_| {})
    }

    /// Deploys the program as [`deploy`](Self::deploy) does, and reports the progress of each file.
    ///
    /// # Errors
    ///
    /// As [`deploy`](Self::deploy).
    pub fn deploy_watched<T, L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
        &self,
        mut talk: SerialTalk<L, C, S, N, STRAY, P>,
        listener: impl FnMut(Progress<'_>) + Send + 'static,
    ) -> Result<T, DeployError<L::Error>>
    where
        T: From<SerialTalk<L, C, S, N, STRAY, P>>,
        L: Link<Error: core::fmt::Display>,
        C: Clock,
        S: Service,
    {
        let mut board = Board::new(Borrowed(talk.link_mut()));
        board.on_progress(listener);
        board.repl().set_prompt_timeout(START_TIMEOUT_MS);
        self.start(&mut board).map_err(DeployError::Board)?;
        Self::wait_for(&mut talk, START_TIMEOUT_MS)?;
        Ok(T::from(talk))
    }

    /// Restarts a board without its old program, [installs](Self::install) this one and starts it.
    ///
    /// # Errors
    ///
    /// Those of [`Board::write`].
    pub fn start<L: Link<Error: core::fmt::Display>>(
        &self,
        board: &mut Board<L>,
    ) -> Result<Copied, BoardError<L::Error>> {
        // What ran on the board holds memory that a small board needs for this.
        board.repl().soft_reset()?;
        let copied = self.install(board)?;
        board.repl().restart()?;
        Ok(copied)
    }

    /// Waits until a program that was [started](Self::start) answers, at most `timeout_ms` milliseconds.
    ///
    /// # Errors
    ///
    /// [`DeployError::Failed`] and [`DeployError::Ended`] if the endpoint keeps what arrives outside frames, and those of the
    /// call.
    pub fn wait_for<L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
        talk: &mut SerialTalk<L, C, S, N, STRAY, P>,
        timeout_ms: u32,
    ) -> Result<(), DeployError<L::Error>>
    where
        L: Link<Error: core::fmt::Display>,
        C: Clock,
        S: Service,
    {
        let mut waited_ms = 0;
        while let Err(error) = talk.ready(CHECK_MS.min(timeout_ms - waited_ms)) {
            let CallError::Timeout { awaited, ran, context, .. } = error else {
                return Err(DeployError::Call(error));
            };
            // At its prompt a board sends back all that it gets, and the traceback would be lost in that.
            let said = talk.stray().to_vec();
            if let Some(traceback) = traceback(&said) {
                return Err(DeployError::Failed(traceback));
            }
            if is_at_prompt(&said) {
                return Err(DeployError::Ended);
            }
            waited_ms += CHECK_MS;
            if waited_ms >= timeout_ms {
                return Err(DeployError::Call(CallError::Timeout {
                    waited_ms: timeout_ms,
                    awaited,
                    ran,
                    context,
                }));
            }
        }
        Ok(())
    }
}

/// The peer is compiled without line numbers, to save memory; the program with them.
const WITHOUT_LINES: &str = "import micropython\nmicropython.opt_level(3)\n";
const WITH_LINES: &str = "micropython.opt_level(0)\n";

/// The statements of the peer and of the program, and a `main.py` that runs them.
///
/// A line before each statement says how many bytes it has; empty lines after that make its lines count as in its source.
/// The last statement, the one that serves, is in `main.py` itself, because the stack of a small board is small, too.
fn pieces(peer: &[String], main: &str) -> (String, String) {
    // What it would import is there already.
    let imports = |text: &str| text.starts_with("from serialtalk_peer import ");
    let mut main = statements(main);
    main.retain(|it| !imports(it.text));
    let last = main.pop();
    let peer = peer.iter().map(|piece| (0, piece.as_str()));
    let peer = [(0, WITHOUT_LINES)].into_iter().chain(peer).chain([(0, WITH_LINES)]);
    let main = main.iter().map(|it| (it.line - 1, it.text));
    let piece =
        |(lines, text): (usize, &str)| format!("{}\n{}{text}", lines + text.len(), "\n".repeat(lines));
    let pieces = peer.chain(main).map(piece).collect();
    let mut runs = Small::new().pieces(PIECES).concat();
    if let Some(last) = last {
        let lines = runs.lines().count();
        runs += &"\n".repeat((last.line - 1).saturating_sub(lines));
        runs += last.text;
    }
    (pieces, runs)
}

/// The traceback after which a board has returned to its prompt.
fn traceback(said: &[u8]) -> Option<String> {
    let said = String::from_utf8_lossy(said);
    let traceback = said.get(said.rfind("Traceback (most recent call last):")?..)?;
    let end = ["\n>>> ", "\nMicroPython "].iter().filter_map(|prompt| traceback.find(prompt)).min()?;
    Some(traceback.get(..end)?.trim_end().replace("\r\n", "\n"))
}

/// Whether a board has introduced itself and shown its prompt, as when `main.py` has ended.
fn is_at_prompt(said: &[u8]) -> bool {
    let said = String::from_utf8_lossy(said);
    said.rsplit_once("MicroPython ").is_some_and(|(_, after)| after.contains("\n>>> "))
}

/// A link that is borrowed: for an endpoint that does not outlive what the link belongs to.
#[derive(Debug)]
pub struct Borrowed<'l, L>(pub &'l mut L);

impl<L: Link> Link for Borrowed<'_, L> {
    type Error = L::Error;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, L::Error> {
        self.0.receive(buffer, wait_ms)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, L::Error> {
        self.0.send(bytes)
    }

    fn flush(&mut self) -> Result<(), L::Error> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_know_their_lines_and_lengths() {
        let peer = ["a = 1\n".to_owned()];
        let main = "from serialtalk_peer import SerialTalk\n\n# é\nst = SerialTalk()\nst.loop()\n";
        let (pieces, _) = pieces(&peer, main);
        let rest = pieces.strip_prefix(&format!("{}\n{WITHOUT_LINES}", WITHOUT_LINES.len())).unwrap();
        let rest = rest.strip_prefix(&format!("6\na = 1\n{}\n{WITH_LINES}", WITH_LINES.len())).unwrap();
        assert_eq!(rest, "21\n\n\n\nst = SerialTalk()\n");
    }

    #[test]
    fn a_traceback_ends_before_the_prompt() {
        let lines =
            "Traceback (most recent call last):\r\n  File \"main.py\", line 4, in <module>\r\nOSError: 5\r\n";
        let whole = format!("booting\r\n{lines}MicroPython v1.9.2\r\n>>> <\x06\x04echo");
        assert_eq!(traceback(whole.as_bytes()), Some(lines.trim_end().replace('\r', "")));
        assert_eq!(traceback(lines.as_bytes()), None);
        assert_eq!(traceback(b">>> "), None);
    }

    #[test]
    fn a_prompt_follows_the_name_of_the_interpreter() {
        assert!(is_at_prompt(b"done\r\nMicroPython v1.9.2\r\n>>> <\x06\x04echo"));
        for other in [&b"MicroPython v1.9.2\r\n"[..], b"\n>>> ", b"\n>>> MicroPython v1.9.2\r\n"] {
            assert!(!is_at_prompt(other));
        }
    }

    #[test]
    fn the_last_statement_stands_on_its_line() {
        let main = format!("a = 1\n{}a.loop()\n", "\n".repeat(30));
        let (_, runs) = pieces(&[], &main);
        assert_eq!(runs.lines().nth(31), Some("a.loop()"));
        assert!(runs.starts_with("import gc\n"));
    }
}
