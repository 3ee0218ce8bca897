//! What boards send by themselves, and what is polled: published, numbered for each command.

use std::collections::HashMap;
use std::sync::Mutex;

use zenoh::qos::CongestionControl;
use zenoh::{Session, Wait};

use crate::answer::SERIALTALK;
use crate::keys::Address;
use crate::lock::lock;

/// How many commands of one board are published.
const MAX_STREAMS: usize = 1024;

/// The streams of one board.
pub(super) struct Streams {
    session: Session,
    board: Address,
    streams: Mutex<HashMap<String, Stream>>,
}

struct Stream {
    key: String,
    /// How many values were published.
    count: u64,
}

impl Streams {
    pub(super) fn new(session: Session, board: Address) -> Self {
        Self { session, board, streams: Mutex::default() }
    }

    /// Publishes a payload. A network that does not take it loses it, which its listeners see by the gap.
    ///
    /// # Errors
    ///
    /// Too many commands of the board are published already, or Zenoh refuses.
    pub(super) fn publish(&self, command: &str, payload: &[u8]) -> Result<(), String> {
        let mut streams = lock(&self.streams);
        if !streams.contains_key(command) {
            if streams.len() >= MAX_STREAMS {
                return Err(format!("{MAX_STREAMS} commands of the board are published already"));
            }
            let stream = Stream { key: self.board.stream(command), count: 0 };
            streams.insert(command.to_owned(), stream);
        }
        let Some(stream) = streams.get_mut(command) else { return Ok(()) };
        stream.count += 1;
        let put = self.session.put(&stream.key, payload).congestion_control(CongestionControl::Drop);
        put.encoding(SERIALTALK)
            .attachment(stream.count.to_le_bytes())
            .wait()
            .map_err(|error| error.to_string())
    }
}
