//! The signature of a command: what two peers must agree on.

use core::fmt;

use super::interface::CommandInfo;
use crate::codec::shape::{Shape, SignatureWriter, display};

/// The signature of a command as text: `cal(n: u8) -> {x: f32, y: f32} or {Moving(speed: f32) | Stall}`.
///
/// It has the name on the wire, the arguments by name, the value after `->` and the command's own error after `or`; where an
/// encoding was chosen that the types do not have by themselves, ` as "<Bf"` or ` as postcard` follows. Types are written by
/// their form: `(f32; 3)` three equal values, `{x: f32, y: f32}` a struct, `[f32]` a list, `f32?` an option,
/// `{u8 => f32}` a map, `u8 {Off = 0 | On = 1}` an enum without data, `{Moving(speed: f32) | Stall}` one with data, `serde` a
/// type that only serde knows. Names of types, comments and attributes are not part of it.
///
/// Two commands with the same signature understand each other: what one encodes, the other decodes to the same values.
/// Their [`hash`](CommandInfo::hash) is that of this text, 32-bit FNV-1a.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'c>(&'c CommandInfo);

impl CommandInfo {
    /// What two peers must agree on to call this command.
    pub const fn signature(&self) -> Signature<'_> {
        Signature(self)
    }

    /// The form of the argument at this place, counted from 0, on the wire; `None` if there are fewer arguments.
    pub const fn argument_shape(&self, at: usize) -> Option<&'static Shape> {
        if at < self.arguments.len() {
            Some(argument(self.parts.arguments, self.arguments.len(), at))
        } else {
            None
        }
    }

    /// The form of the value on the wire; an empty tuple if there is no value.
    pub const fn value_shape(&self) -> &'static Shape {
        if self.returns.is_empty() { self.parts.value } else { argument(self.parts.value, 1, 0) }
    }

    /// The form of the command's own error on the wire; `None` if it has none.
    pub const fn error_shape(&self) -> Option<&'static Shape> {
        self.parts.error
    }
}

impl Signature<'_> {
    /// The hash of the text.
    pub(crate) const fn hash(&self) -> u32 {
        let mut writer = SignatureWriter::new(&mut [], 0);
        self.write(&mut writer);
        writer.hash()
    }

    pub(super) const fn write(&self, text: &mut SignatureWriter<'_>) {
        let CommandInfo { name, format, return_format, parts, arguments, .. } = self.0;
        write_name(name, text);
        text.str("(");
        let mut at = 0;
        while at < arguments.len() {
            if at > 0 {
                text.str(", ");
            }
            text.str(arguments[at].name);
            text.str(": ");
            argument(parts.arguments, arguments.len(), at).write(text);
            at += 1;
        }
        text.str(")");
        if !parts.is_natural {
            write_encoding(format, text);
        }
        // Without the empty value its encoding would be taken for that of the arguments.
        if !parts.value.is_empty() || !parts.returns_naturally {
            text.str(" -> ");
            argument(parts.value, 1, 0).write(text);
        }
        if !parts.returns_naturally {
            write_encoding(return_format, text);
        }
        if let Some(error) = parts.error {
            text.str(" or ");
            error.write(text);
        }
    }
}

/// The shape of one of `count` arguments. A single one may be the list of arguments itself.
const fn argument(list: &'static Shape, count: usize, at: usize) -> &'static Shape {
    match list {
        Shape::Tuple(arguments) if arguments.len() == count && at < count => arguments[at],
        spread => spread,
    }
}

/// Writes the name on the wire, in quotes unless it is made of letters, digits, `_` and `.`.
const fn write_name(name: &str, text: &mut SignatureWriter<'_>) {
    let bytes = name.as_bytes();
    let mut is_plain = !bytes.is_empty();
    let mut at = 0;
    while at < bytes.len() {
        is_plain &= matches!(bytes[at], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | 0x80..);
        at += 1;
    }
    if is_plain {
        text.str(name);
    } else {
        write_quoted(name, text);
    }
}

/// Writes a text in double quotes, with a backslash before quotes and backslashes.
const fn write_quoted(quoted: &str, text: &mut SignatureWriter<'_>) {
    text.str("\"");
    let mut rest = quoted;
    while let Some(at) = find_special(rest) {
        let (plain, special) = rest.split_at(at);
        text.str(plain);
        text.str("\\");
        let (special, after) = special.split_at(1);
        text.str(special);
        rest = after;
    }
    text.str(rest);
    text.str("\"");
}

const fn find_special(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b'"' | b'\\') {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Writes the encoding that was chosen by hand.
const fn write_encoding(encoding: &str, text: &mut SignatureWriter<'_>) {
    text.str(" as ");
    match encoding.as_bytes() {
        b"repr" | b"raw" | b"postcard" => text.str(encoding),
        _ => write_quoted(encoding, text),
    }
}

impl fmt::Display for Signature<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(f, |text| self.write(text))
    }
}
