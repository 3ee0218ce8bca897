//! Replies as frames, of programs that answer in place of a board.

use serialtalk::Value;
use serialtalk::proto::{FrameWriter, Head, MAX_FRAME, Suffix};

/// A text as the payload of an error reply.
pub(crate) fn literal(text: &str) -> Vec<u8> {
    [b"\x04repr".as_slice(), Value::Tuple(vec![Value::Str(text.into())]).to_string().as_bytes()].concat()
}

/// A reply as a frame. One that does not fit, which only a board that sends what it was not asked for makes, is an error reply;
/// nothing if not even the name fits.
pub(crate) fn reply(name: &[u8], suffix: Suffix, payload: &[u8]) -> Vec<u8> {
    let mut buffer = [0; MAX_FRAME];
    let mut writer = FrameWriter::new(&mut buffer, Head::reply(name, suffix));
    match writer.put(payload).finish() {
        Ok(size) => writer.bytes(size).to_vec(),
        Err(_) if payload.is_empty() => Vec::new(),
        Err(_) => reply(name, Suffix::Err, b""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_that_does_not_fit_is_an_error_or_nothing() {
        assert_eq!(reply(b"a", Suffix::Ack, &[0; 255]), b"<\x05\x04aerr>");
        assert_eq!(reply(&[b'a'; 254], Suffix::Ack, b""), b"");
    }
}
