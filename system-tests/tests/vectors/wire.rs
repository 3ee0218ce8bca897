//! Frames as Python shows them, and a link that records.

use serialtalk::Value;
use serialtalk::link::{Link, Received};
use serialtalk::proto::{FrameDecoder, MAX_FRAME};

/// Every frame in `bytes`; an incomplete one at the end is discarded.
pub(crate) fn frames(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut decoder = FrameDecoder::<258>::new();
    let mut frames = Vec::new();
    let mut take_all = |decoder: &mut FrameDecoder<258>, are_late| {
        while let Some(found) = decoder.next(are_late, |_| {}) {
            assert!(found.size() <= MAX_FRAME, "every frame fits");
            let frame = decoder.frame(found).expect("the frame was found");
            frames.push((frame.name.to_vec(), frame.payload.to_vec()));
        }
    };
    for chunk in bytes.chunks(50) {
        decoder.recv_buf()[..chunk.len()].copy_from_slice(chunk);
        decoder.commit(chunk.len());
        take_all(&mut decoder, false);
    }
    take_all(&mut decoder, true);
    frames
}

/// A frame as the tuple that `receive_command` returns for it.
pub(crate) fn as_python((name, payload): &(Vec<u8>, Vec<u8>)) -> String {
    let name = Value::from(String::from_utf8_lossy(name).into_owned());
    format!("({name}, {})", Value::from_payload(payload))
}

/// Every frame in `bytes` as such a tuple, separated by spaces.
pub(crate) fn all_as_python(bytes: &[u8]) -> String {
    frames(bytes).iter().map(as_python).collect::<Vec<_>>().join(" ")
}

/// Bytes with escapes for those that are not printable ASCII.
pub(crate) fn shown(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

/// The header of a payload: its format with the length before it, or nothing.
pub(crate) fn header(payload: &[u8]) -> &[u8] {
    let length = payload.first().map_or(0, |length| usize::from(*length) + 1);
    payload.get(..length).unwrap_or_default()
}

/// A link that delivers `arriving`, and records what is sent.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) sent: Vec<u8>,
    pub(crate) arriving: Vec<u8>,
}

impl Link for Recorder {
    type Error = core::convert::Infallible;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Self::Error> {
        let count = buffer.len().min(self.arriving.len());
        for (to, from) in buffer.iter_mut().zip(self.arriving.drain(..count)) {
            *to = from;
        }
        Ok(if count == 0 { Received::Nothing } else { Received::Bytes(count) })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.sent.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}
