//! The endpoint of a host, ready to call and to serve.

use serialtalk::link::Link;
use serialtalk::{Checked, Commands};

use crate::StdClock;
use crate::entropy::entropy;
use crate::fault::{FaultLink, Faults};
use crate::memory::{MemoryLink, pair};
use crate::services::{NoServices, Services};

/// The size of the largest frame in bytes.
pub(crate) const MAX_FRAME: usize = 258;

/// How many commands of a peer are called by their numbers.
pub(crate) const NUMBERS: usize = 64;

/// How many bytes that arrive outside frames are kept for error messages.
pub(crate) const STRAY: usize = 1024;

/// The endpoint of a host over a link `L`, with a service `S` if it serves one, or several as a tuple.
///
/// It is [`serialtalk::SerialTalk`] with a host's clock and the largest frames. It keeps the last 1024 bytes that arrive outside
/// frames for its error messages, and commands can be added to it at run time.
///
/// ```
/// use serialtalk_hal::memory::MemoryLink;
/// use serialtalk_hal::{SerialTalk, loopback};
/// # #[serialtalk::interface]
/// # trait Host { fn uptime(&mut self) -> u32; }
/// # struct MyHost;
/// # impl Host for MyHost { fn uptime(&mut self) -> u32 { 7 } }
///
/// struct Program {
///     talk: SerialTalk<MemoryLink, HostServer<MyHost>>,
/// }
///
/// let (_board, host) = loopback();
/// let program = Program { talk: host.serve(HostServer::new(MyHost)) };
/// # let _ = program.talk;
/// ```
///
/// It speaks the checked link with peers that do, and plain SerialTalk with all others.
pub type SerialTalk<L, S = NoServices> =
    serialtalk::SerialTalk<L, StdClock, <S as Services>::All, MAX_FRAME, STRAY, Checked<NUMBERS>>;

/// Makes an endpoint of any link. `name` is the name of the link in errors.
pub fn over<L: Link>(link: L, name: impl Into<String>) -> SerialTalk<L> {
    let talk = serialtalk::SerialTalk::new(link, StdClock::new()).serve(Commands::new()).keep_stray();
    talk.checked().numbers().entropy(entropy()).named(name)
}

/// Two endpoints in this program that are connected with each other, for tests and simulated boards.
///
/// ```
/// use serialtalk_hal::Spawn;
///
/// #[serialtalk::interface]
/// trait Robot {
///     fn mult(&mut self, a: f32, b: f32) -> f32;
/// }
///
/// struct Fake;
///
/// impl Robot for Fake {
///     fn mult(&mut self, a: f32, b: f32) -> f32 {
///         a * b
///     }
/// }
///
/// let (board, host) = serialtalk_hal::loopback();
/// let _serving = board.serve(RobotServer::new(Fake)).spawn(); // in a thread that stops on drop
/// assert_eq!(RobotClient::new(host).mult(2.0, 3.0)?, 6.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn loopback() -> (SerialTalk<MemoryLink>, SerialTalk<MemoryLink>) {
    let (a, b) = pair();
    (over(a, "loopback").plain(), over(b, "loopback").plain())
}

/// Two endpoints as those of [`loopback`], with a bad line between them. The faults are at the second one: what it sends
/// and what it receives.
///
/// ```
/// use serialtalk::{CallError, Caller};
/// use serialtalk_hal::fault::Faults;
/// use serialtalk_hal::{Spawn, loopback_with};
///
/// let (board, mut host) = loopback_with(Faults::seed(7).cut_after(20));
/// let _serving = board.spawn();
/// let error = host.remote_commands().unwrap_err(); // the line is cut within its first call
/// assert!(matches!(error, CallError::Link { .. }));
/// ```
pub fn loopback_with(faults: Faults) -> (SerialTalk<MemoryLink>, SerialTalk<FaultLink<MemoryLink>>) {
    let (a, b) = pair();
    (over(a, "loopback").plain(), over(faults.on(b), "loopback").plain())
}
