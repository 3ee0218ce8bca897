use core::fmt::Write;

use serde_json::{Value, json};

/// A Python value, exactly: integers of any size, floats by their bits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Py {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An `int`, in decimal.
    Int(String),
    /// A `float`, as the bits of an `f64`.
    Float(u64),
    /// A `str`.
    Str(String),
    /// A `bytes` or `bytearray`.
    Bytes(Vec<u8>),
    /// A `tuple`.
    Tuple(Vec<Py>),
    /// A `list`.
    List(Vec<Py>),
    /// A `set`, in the order in which Python iterates over it.
    Set(Vec<Py>),
    /// A `dict`, in order.
    Dict(Vec<(Py, Py)>),
    /// Any other type, by its name.
    Other(String),
}

impl Py {
    /// An `int`.
    pub fn int(value: impl ToString) -> Self {
        Self::Int(value.to_string())
    }

    /// A `float`.
    pub fn float(value: f64) -> Self {
        Self::Float(value.to_bits())
    }

    /// A `str`.
    pub fn str(text: impl Into<String>) -> Self {
        Self::Str(text.into())
    }

    /// A `bytes`.
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Bytes(bytes.into())
    }

    /// The value of an `int` that fits.
    pub fn as_int(&self) -> Option<i128> {
        let Self::Int(digits) = self else { return None };
        digits.parse().ok()
    }

    /// The value of a `float`.
    pub fn as_float(&self) -> Option<f64> {
        let Self::Float(bits) = *self else { return None };
        Some(f64::from_bits(bits))
    }

    /// As `oracle.py` documents it.
    pub(crate) fn to_json(&self) -> Value {
        let all = |items: &[Self]| items.iter().map(Self::to_json).collect::<Vec<_>>();
        match self {
            Self::None => Value::Null,
            Self::Bool(value) => json!(value),
            Self::Int(digits) => json!({"i": digits}),
            Self::Float(bits) => json!({"f": format!("{bits:016x}")}),
            Self::Str(text) => json!({"s": text}),
            Self::Bytes(bytes) => json!({"b": hex(bytes)}),
            Self::Tuple(items) => json!({"t": all(items)}),
            Self::List(items) => json!({"l": all(items)}),
            Self::Set(items) => json!({"e": all(items)}),
            Self::Dict(entries) => {
                let entries = entries.iter().map(|(key, value)| json!([key.to_json(), value.to_json()]));
                json!({"d": entries.collect::<Vec<_>>()})
            }
            Self::Other(kind) => json!({"other": kind}),
        }
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let (kind, inner) = match value {
            Value::Null => return Some(Self::None),
            Value::Bool(value) => return Some(Self::Bool(*value)),
            Value::Object(object) => object.iter().next()?,
            _ => return None,
        };
        let all = || inner.as_array()?.iter().map(Self::from_json).collect::<Option<Vec<_>>>();
        let text = || inner.as_str();
        Some(match kind.as_str() {
            "i" => Self::Int(text()?.into()),
            "f" => Self::Float(u64::from_str_radix(text()?, 16).ok()?),
            "s" => Self::Str(text()?.into()),
            "b" => Self::Bytes(unhex(text()?)?),
            "t" => Self::Tuple(all()?),
            "l" => Self::List(all()?),
            "e" => Self::Set(all()?),
            "d" => {
                let entry = |entry: &Value| match entry.as_array()?.as_slice() {
                    [key, value] => Some((Self::from_json(key)?, Self::from_json(value)?)),
                    _ => None,
                };
                Self::Dict(inner.as_array()?.iter().map(entry).collect::<Option<_>>()?)
            }
            "other" => Self::Other(text()?.into()),
            _ => return None,
        })
    }
}

/// Bytes as hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Pairs of hex digits as bytes.
pub(crate) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok();
    if rest.is_empty() { pairs.iter().map(|pair| byte(pair)).collect() } else { None }
}
