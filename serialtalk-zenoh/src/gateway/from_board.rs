//! What a board calls by itself: published as a stream, or forwarded to another board.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use serialtalk::proto::{AsyncCarrier, BUILTIN_NAMES, Call, Command, Names, Reply};
use serialtalk::{AsyncService, CommandTable, Invalid, Timeout};
use tokio::time::timeout;

use super::guard::runs_nothing;
use super::streams::Streams;
use crate::Board;

/// Commands by which a board asks what its peer can do. The answers of another peer would be wrong: on the checked link they are
/// numbers by which the board then calls commands of this one.
const QUESTIONS: [&str; 2] = ["find_commands", "describe"];

/// How long a board waits for what is forwarded, in milliseconds. Its line does nothing else meanwhile.
const FORWARD_MS: u32 = 1000;

/// The number of every command that is published.
const PUBLISH: usize = 0;

/// The number of every command that is forwarded.
const FORWARD: usize = 1;

/// Serves what a board calls.
pub(super) struct FromBoard {
    pub(super) streams: Arc<Streams>,
    /// The commands that are published; `None` for all that are not forwarded.
    pub(super) publish: Option<Vec<String>>,
    /// Where all others are forwarded to.
    pub(super) forward: Option<Board>,
}

/// A table of whatever is called.
impl CommandTable for FromBoard {
    const NAMES: Names = Names::None;
    const SPAN: usize = 2;

    fn count(&self) -> usize {
        0
    }

    fn nth(&self, _index: usize) -> Option<&str> {
        None
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        let is_among = |names: &[&str]| names.iter().any(|known| known.as_bytes() == name);
        if is_among(&BUILTIN_NAMES) || is_among(&QUESTIONS) {
            return None;
        }
        let is_listed = self.publish.iter().flatten().any(|listed| listed.as_bytes() == name);
        match (&self.publish, &self.forward) {
            _ if is_listed => Some(PUBLISH),
            (_, Some(_)) => Some(FORWARD),
            (None, None) => Some(PUBLISH),
            (Some(_), None) => None,
        }
    }
}

impl AsyncService for FromBoard {
    async fn serve(
        &mut self,
        number: usize,
        call: &mut Call<'_>,
        reply: &mut Reply<'_>,
    ) -> Result<(), Invalid> {
        let name = String::from_utf8_lossy(call.name());
        let failed = match &mut self.forward {
            Some(board) if number == FORWARD => {
                let command = Command { timeout: Some(Timeout::Ms(FORWARD_MS)), ..Command::new(&name) };
                let calling = AsyncCarrier::call_raw(board, command, call.payload());
                match timeout(Duration::from_millis(FORWARD_MS.into()), calling).await {
                    Ok(Ok(answer)) => match runs_nothing(answer.payload()) {
                        Ok(()) => {
                            reply.copy(answer.payload(), answer.is_error());
                            None
                        }
                        Err(problem) => Some(format!("the reply to `{name}` {problem}")),
                    },
                    Ok(Err(error)) => Some(error.to_string()),
                    Err(_) => Some(format!("no reply to `{name}` within {FORWARD_MS} ms")),
                }
            }
            _ => self.streams.publish(&name, call.payload()).err(),
        };
        if let Some(failed) = failed {
            // A text that does not fit is cut.
            reply.fail(|text| _ = text.write_str(&failed));
        }
        Ok(())
    }
}
