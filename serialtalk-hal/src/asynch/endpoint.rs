//! The async endpoint of a host, ready to call and to serve.

use embedded_io_async::{Read, Write};
use serialtalk::{Checked, Commands};

use crate::TokioClock;
use crate::endpoint::{MAX_FRAME, NUMBERS, STRAY};
use crate::entropy::entropy;
use crate::fault::{FaultLink, Faults};
use crate::memory::{MemoryLink, pair};
use crate::services::{NoServices, Services};

/// The async endpoint of a host over a link `L`, with a service `S` if it serves one, or several as a tuple.
///
/// It is [`serialtalk::asynch::SerialTalk`] with the clock of tokio and the largest frames. It keeps the last 1024 bytes that
/// arrive outside frames for its error messages, and commands can be added to it at run time.
///
/// It speaks the checked link with peers that do, and plain SerialTalk with all others.
pub type SerialTalk<L, S = NoServices> =
    serialtalk::asynch::SerialTalk<L, TokioClock, <S as Services>::All, MAX_FRAME, STRAY, Checked<NUMBERS>>;

/// Makes an async endpoint of any link. `name` is the name of the link in errors.
pub fn over<L: Read + Write>(link: L, name: impl Into<String>) -> SerialTalk<L> {
    let talk = serialtalk::asynch::SerialTalk::new(link, TokioClock::new());
    talk.serve(Commands::new()).keep_stray().checked().numbers().entropy(entropy()).named(name)
}

/// Two async endpoints in this program that are connected with each other, for tests and simulated boards.
pub fn loopback() -> (SerialTalk<MemoryLink>, SerialTalk<MemoryLink>) {
    let (a, b) = pair();
    (over(a, "loopback").plain(), over(b, "loopback").plain())
}

/// Two async endpoints as those of [`loopback`], with a bad line between them. The faults are at the second one: what it sends
/// and what it receives.
pub fn loopback_with(faults: Faults) -> (SerialTalk<MemoryLink>, SerialTalk<FaultLink<MemoryLink>>) {
    let (a, b) = pair();
    (over(a, "loopback").plain(), over(faults.on(b), "loopback").plain())
}
