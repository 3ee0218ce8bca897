//! The frames in `testdata/frames.jsonl`, recorded from the libraries themselves; `testdata/README.md` says what the
//! fields mean.

use std::path::Path;

use serde::{Deserialize, Deserializer};

/// One recorded line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// Names the experiment; the same for each library that went through it.
    pub id: String,
    /// The library and interpreter that it was recorded from.
    pub who: String,
    /// What was done.
    pub direction: Direction,
    /// Python: the arguments of `send_command`, or the whole expression.
    pub call: Option<String>,
    /// Sent (`Encode`), received (`Decode`, `Serve`) or printed (`Repr`).
    #[serde(rename = "bytes_hex", default, deserialize_with = "hex")]
    pub bytes: Option<Vec<u8>>,
    /// The repr of the resulting value.
    pub decoded: Option<String>,
    /// The reprs of the values that followed.
    #[serde(default)]
    pub sequence: Vec<String>,
    /// Who had sent what was received, or `hand`.
    pub made_by: Option<String>,
    /// The reply that was written (`Serve`).
    #[serde(rename = "reply_hex", default, deserialize_with = "hex")]
    pub reply: Option<Vec<u8>>,
    /// How many times `process()` was called (`Serve`).
    #[serde(default = "once")]
    pub calls: u32,
    /// Whether `call` is a method of a SerialTalk rather than arguments.
    #[serde(default)]
    pub method: bool,
    /// What was raised.
    pub error: Option<String>,
}

/// What was done to record a [`Vector`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// A frame was sent.
    Encode,
    /// Bytes were received.
    Decode,
    /// A command was received and answered.
    Serve,
    /// A value was printed.
    Repr,
}

/// The package `serialtalk` in CPython, as [`Vector::who`] names it.
pub const CPYTHON: &str = "cpython-3.11/serialtalk-1.0.0";
/// The package `serialtalk` in MicroPython, as [`Vector::who`] names it.
pub const MICROPYTHON: &str = "micropython-1.29";
/// The library for Arduino, as [`Vector::who`] names it.
pub const ARDUINO: &str = "arduino-uartremote/host-gcc";

/// All of them, in the order of the file.
///
/// # Panics
///
/// If the file can't be read, or a line is not as documented.
pub fn load() -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/frames.jsonl");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("can't read {}: {error}", path.display()));
    let vector = |(number, line)| {
        serde_json::from_str(line)
            .unwrap_or_else(|error| panic!("frames.jsonl, line {}: {error}", number + 1))
    };
    text.lines().enumerate().map(vector).collect()
}

fn once() -> u32 {
    1
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
    let digits = Option::<String>::deserialize(deserializer)?;
    let bytes = |digits: String| {
        crate::oracle::unhex(&digits).ok_or_else(|| serde::de::Error::custom("expected pairs of hex digits"))
    };
    digits.map(bytes).transpose()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_as_documented() {
        let vectors = load();
        assert_eq!(vectors.len(), 2513);
        let who: HashSet<_> = vectors.iter().map(|vector| vector.who.as_str()).collect();
        assert_eq!(who.len(), 6);
        assert!([CPYTHON, MICROPYTHON, ARDUINO].iter().all(|name| who.contains(name)));
        let named: HashSet<_> = vectors.iter().map(|vector| (&vector.id, &vector.who)).collect();
        assert_eq!(named.len(), vectors.len(), "an id twice for the same library");
        for vector in &vectors {
            let Vector { id, bytes, call, decoded, error, .. } = vector;
            assert!(bytes.is_some() || error.is_some(), "{id}");
            match vector.direction {
                Direction::Encode | Direction::Repr => assert!(call.is_some(), "{id}"),
                Direction::Decode => assert!(vector.made_by.is_some() || error.is_some(), "{id}"),
                Direction::Serve => assert!(vector.reply.is_some(), "{id}"),
            }
            if vector.direction == Direction::Repr {
                let text = bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes));
                assert_eq!(text.as_deref(), decoded.as_deref(), "{id}");
            }
        }
    }

    #[test]
    fn bytes_are_read_from_hex() {
        let vectors = load();
        let mult = vectors.iter().find(|vector| vector.id == "srv-mult" && vector.who == CPYTHON).unwrap();
        assert_eq!(mult.bytes.as_deref(), Some(b"<\x10\x04mult\x02ff\0\0\xc0?\0\0\0@>".as_slice()));
        assert_eq!(mult.reply.as_deref(), Some(b"<\x0e\x07multack\x01f\0\0@@>".as_slice()));
        assert_eq!(mult.decoded.as_deref(), Some("('multack', 3.0)"));
        assert_eq!(mult.calls, 1);
    }
}
