//! What Python itself makes of struct formats, literals and values, for tests that compare.

mod py;

pub use py::Py;
pub(crate) use py::unhex;

use serde_json::{Value, json};

use crate::Peer;

/// A running `oracle.py`. What Python raises comes back as the text of the error, such as `error: bad char in struct
/// format`.
#[derive(Debug)]
pub struct Oracle {
    peer: Peer,
}

impl Oracle {
    pub(crate) fn new(peer: Peer) -> Self {
        Self { peer }
    }

    /// `struct.pack(format, *values)`.
    ///
    /// # Errors
    ///
    /// What Python raised, as in each of these methods.
    #[track_caller]
    pub fn pack(&mut self, format: &str, values: &[Py]) -> Result<Vec<u8>, String> {
        let values: Vec<_> = values.iter().map(Py::to_json).collect();
        match self.ask(&json!({"op": "pack", "format": format, "values": values}))? {
            Py::Bytes(bytes) => Ok(bytes),
            other => panic!("struct.pack gave {other:?}"),
        }
    }

    /// `struct.unpack(format, data)`.
    #[track_caller]
    pub fn unpack(&mut self, format: &str, data: &[u8]) -> Result<Vec<Py>, String> {
        match self.ask(&json!({"op": "unpack", "format": format, "data": py::hex(data)}))? {
            Py::Tuple(items) => Ok(items),
            other => panic!("struct.unpack gave {other:?}"),
        }
    }

    /// `struct.calcsize(format)`.
    #[track_caller]
    pub fn size(&mut self, format: &str) -> Result<usize, String> {
        let size = self.ask(&json!({"op": "size", "format": format}))?;
        Ok(size
            .as_int()
            .and_then(|size| size.try_into().ok())
            .unwrap_or_else(|| panic!("a size of {size:?}")))
    }

    /// `ast.literal_eval(text)`; not in MicroPython.
    #[track_caller]
    pub fn literal_eval(&mut self, text: &str) -> Result<Py, String> {
        self.ask(&json!({"op": "literal_eval", "text": text}))
    }

    /// `eval(text)`, without any names but Python's own.
    #[track_caller]
    pub fn eval(&mut self, text: &str) -> Result<Py, String> {
        self.ask(&json!({"op": "eval", "text": text}))
    }

    /// `repr(value)`.
    #[track_caller]
    pub fn repr(&mut self, value: &Py) -> Result<String, String> {
        match self.ask(&json!({"op": "repr", "value": value.to_json()}))? {
            Py::Str(text) => Ok(text),
            other => panic!("repr gave {other:?}"),
        }
    }

    #[track_caller]
    fn ask(&mut self, request: &Value) -> Result<Py, String> {
        self.peer.say(&request.to_string());
        let line = self.peer.line();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
        match (answer.get("ok"), answer.get("error")) {
            (Some(value), _) => Ok(Py::from_json(value).unwrap_or_else(|| panic!("no value in {line}"))),
            (_, Some(Value::String(error))) => Err(error.clone()),
            _ => panic!("no answer in {line}"),
        }
    }
}
