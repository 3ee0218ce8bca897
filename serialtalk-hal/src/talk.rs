//! Endpoints over the links of this crate, ready to call and to serve.

#[cfg(feature = "tokio")]
use serialtalk::asynch;
use serialtalk::link::Link;
use serialtalk::{Commands, SerialTalk};

use crate::StdClock;
#[cfg(feature = "tokio")]
use crate::TokioClock;

/// The size of the largest frame in bytes.
const MAX_FRAME: usize = 258;

/// How many bytes that arrive outside frames are kept for error messages.
const STRAY: usize = 1024;

/// A blocking endpoint of a host.
///
/// Its buffers hold the largest frames, it keeps the last 1024 bytes that arrive outside frames for its error messages, and
/// commands can be added to it at run time.
pub type Talk<L> = SerialTalk<L, StdClock, ((), Commands), MAX_FRAME, STRAY>;

/// Creates an endpoint over any link. `name` is the name of the link in errors.
pub fn talk<L: Link>(link: L, name: impl Into<String>) -> Talk<L> {
    SerialTalk::new(link, StdClock::new()).serve(Commands::new()).keep_stray().named(name)
}

/// An async endpoint of a host.
///
/// Its buffers hold the largest frames, it keeps the last 1024 bytes that arrive outside frames for its error messages, and
/// commands can be added to it at run time.
#[cfg(feature = "tokio")]
pub type AsyncTalk<L> = asynch::SerialTalk<L, TokioClock, ((), Commands), MAX_FRAME, STRAY>;

/// Creates an async endpoint over any link. `name` is the name of the link in errors.
#[cfg(feature = "tokio")]
pub fn talk_async<L>(link: L, name: impl Into<String>) -> AsyncTalk<L>
where
    L: embedded_io_async::Read + embedded_io_async::Write,
{
    asynch::SerialTalk::new(link, TokioClock::new()).serve(Commands::new()).keep_stray().named(name)
}
