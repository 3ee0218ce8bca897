//! Standard input and output under tokio.

use tokio::io::{Join, Stdin, Stdout, join, stdin, stdout};

use super::AsyncLink;
use super::{SerialTalk, over};

/// Standard input and output, ready to call and to serve the program that started this one.
pub fn open_stdio() -> SerialTalk<AsyncStdioLink> {
    over(AsyncStdioLink::stdio(), "standard input and output")
}

/// This program's standard input and output, async.
///
/// tokio reads standard input in a thread that cannot be stopped: a program that is done while that thread waits ends
/// only if it calls [`std::process::exit`], or when its input closes.
pub type AsyncStdioLink = AsyncLink<Join<Stdin, Stdout>>;

impl AsyncStdioLink {
    /// Standard input and output. What was written leaves with the flush.
    ///
    /// For a child process, join its two streams: `AsyncLink::new(tokio::io::join(stdout, stdin), "child process")`.
    pub fn stdio() -> Self {
        Self::new(join(stdin(), stdout()), "standard input and output")
    }
}
