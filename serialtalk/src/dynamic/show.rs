//! Dynamic values as Python shows them.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Value;
use crate::number::Shortest;
use crate::payload::literal::{escape, escape_character, quote_for, split_character};

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bool(value) => f.write_str(if *value { "True" } else { "False" }),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) if value.is_nan() => f.write_str("nan"),
            Self::Float(value) if value.is_infinite() => {
                f.write_str(if *value > 0.0 { "inf" } else { "-inf" })
            }
            Self::Float(value) => {
                let mut buffer = [0; 32];
                write!(f, "{}", Shortest::of(*value).text(&mut buffer).escape_ascii())
            }
            Self::Str(text) => {
                let quote = quote_for(text.as_bytes());
                let mut shown = Vec::from([quote]);
                let mut rest = text.as_bytes();
                while let Some((character, behind)) = split_character(rest) {
                    escape_character(character, quote, |byte| shown.push(byte));
                    rest = behind;
                }
                quoted(f, shown, quote)
            }
            Self::Bytes(bytes) => {
                let quote = quote_for(bytes);
                let mut shown = Vec::from([b'b', quote]);
                for byte in bytes {
                    escape(*byte, quote, |byte| shown.push(byte));
                }
                quoted(f, shown, quote)
            }
            Self::Tuple(values) => {
                list(f, "(", values)?;
                f.write_str(if values.len() == 1 { ",)" } else { ")" })
            }
            Self::List(values) => {
                list(f, "[", values)?;
                f.write_str("]")
            }
            Self::Set(values) if values.is_empty() => f.write_str("set()"),
            Self::Set(values) => {
                list(f, "{", values)?;
                f.write_str("}")
            }
            Self::Dict(entries) => {
                f.write_str("{")?;
                for (at, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, mut shown: Vec<u8>, quote: u8) -> fmt::Result {
    shown.push(quote);
    // Whole characters only, so always UTF-8.
    f.write_str(&String::from_utf8_lossy(&shown))
}

fn list(f: &mut fmt::Formatter<'_>, open: &str, values: &[Value]) -> fmt::Result {
    f.write_str(open)?;
    values
        .iter()
        .enumerate()
        .try_for_each(|(at, value)| write!(f, "{}{value}", if at == 0 { "" } else { ", " }))
}
