//! Endpoints over the links of this crate, ready to call and to serve.

use serialtalk::link::Link;
use serialtalk::{Commands, SerialTalk};

use crate::StdClock;

/// A blocking endpoint of a host.
///
/// Its buffers hold the largest frames, it keeps the last 1024 bytes that arrive outside frames for its error messages, and
/// commands can be added to it at run time.
pub type Talk<L> = SerialTalk<L, StdClock, ((), Commands), 258, 1024>;

/// An endpoint over any link. `name` is what its errors call the link.
pub fn talk<L: Link>(link: L, name: impl Into<String>) -> Talk<L> {
    SerialTalk::new(link, StdClock::new()).serve(Commands::new()).buffers().named(name)
}

/// An async endpoint of a host; the same in every other way.
#[cfg(feature = "tokio")]
pub type AsyncTalk<L> = serialtalk::AsyncSerialTalk<L, crate::TokioClock, ((), Commands), 258, 1024>;

/// An async endpoint over any link. `name` is what its errors call the link.
#[cfg(feature = "tokio")]
pub fn talk_async<L>(link: L, name: impl Into<String>) -> AsyncTalk<L>
where
    L: embedded_io_async::Read + embedded_io_async::Write,
{
    SerialTalk::new_async(link, crate::TokioClock::new()).serve(Commands::new()).buffers().named(name)
}
