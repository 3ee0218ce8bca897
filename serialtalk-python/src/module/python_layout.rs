//! How values are put together from what their encoding holds, as expressions for the code that all modules share.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// How a value is put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// It is the value that the encoding holds.
    Same,
    /// What a function makes of it.
    Call(&'static str),
    /// A tuple, named or not, of these.
    Tuple(Option<String>, Vec<Self>),
    /// A list of these.
    List(Box<Self>),
    /// Keys and values.
    Dict(Box<Self>, Box<Self>),
}

impl Layout {
    /// `Same`, if this is all that it comes to for what is a tuple or a list already: a literal, or all values of a struct.
    pub(super) fn without_copies(self) -> Self {
        match &self {
            // A sole value has no tuple around it.
            Self::Tuple(None, parts) if parts.len() > 1 && parts.iter().all(Self::is_same) => Self::Same,
            Self::List(element) if element.is_same() => Self::Same,
            Self::Dict(key, value) if key.is_same() && value.is_same() => Self::Same,
            _ => self,
        }
    }

    /// Whether the value is the one that the encoding holds.
    pub(super) fn is_same(&self) -> bool {
        *self == Self::Same
    }
}

/// `None`, `bool`, `(Imu, 3)`: a number stands for as many values that stay as they are.
impl core::fmt::Display for Layout {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Same => f.write_str("None"),
            Self::Call(function) => f.write_str(function),
            Self::List(element) => write!(f, "[{element}]"),
            Self::Dict(key, value) => write!(f, "{{\"key\": {key}, \"value\": {value}}}"),
            Self::Tuple(name, parts) => {
                let mut items = Vec::from([name.as_deref().unwrap_or("None").to_string()]);
                for run in parts.chunk_by(|a, b| a.is_same() && b.is_same()) {
                    match run {
                        [part] if !part.is_same() => items.push(part.to_string()),
                        _ => items.push(run.len().to_string()),
                    }
                }
                let comma = if items.len() == 1 { "," } else { "" };
                f.write_str(&format!("({}{comma})", items.join(", ")))
            }
        }
    }
}
