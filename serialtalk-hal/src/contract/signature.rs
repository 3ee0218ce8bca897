//! The signature of a command, as a tree that owns its parts.

use core::fmt;
use core::str::FromStr;

use super::parser::{self, ParseError};
use super::types::{Joined, Type};

/// The signature of a command: what two peers must agree on, as [`serialtalk::Signature`] explains it.
///
/// It is made from text, and its text is the one it was made from, character by character: a text that says the same in
/// another way is no signature. So its [`hash`](Self::hash) is that of the peer.
///
/// ```
/// use serialtalk_hal::contract::{Signature, Type};
///
/// let signature: Signature = "cal(n: u8) -> {x: f32, y: f32} or {Moving(speed: f32) | Stall}".parse()?;
/// assert_eq!(signature.name(), "cal");
/// assert!(matches!(signature.value(), Some(Type::Struct(fields)) if fields[1].name == "y"));
/// assert!("cal(n:u8)".parse::<Signature>().is_err());
/// # Ok::<(), serialtalk_hal::contract::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub(super) name: String,
    pub(super) arguments: Vec<Argument>,
    pub(super) encoding: Option<Encoding>,
    pub(super) value: Option<Type>,
    pub(super) value_encoding: Option<Encoding>,
    pub(super) error: Option<Type>,
}

/// An argument of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// An encoding that was chosen by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// A literal of Python.
    Repr,
    /// Bytes as they are.
    Raw,
    /// Postcard.
    Postcard,
    /// A struct format of Python.
    Struct(String),
}

impl Signature {
    /// The name on the wire.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The arguments, in order.
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// The encoding of the arguments; `None` for the one that their types have by themselves.
    pub fn encoding(&self) -> Option<&Encoding> {
        self.encoding.as_ref()
    }

    /// The type of the value; `None` if there is no value.
    pub fn value(&self) -> Option<&Type> {
        self.value.as_ref()
    }

    /// The encoding of the value; `None` for the one that its type has by itself.
    pub fn value_encoding(&self) -> Option<&Encoding> {
        self.value_encoding.as_ref()
    }

    /// The type of the command's own error; `None` if it has none.
    pub fn error(&self) -> Option<&Type> {
        self.error.as_ref()
    }

    /// The hash of the text, 32-bit FNV-1a: that of [`serialtalk::CommandInfo::hash`].
    pub fn hash(&self) -> u32 {
        let text = self.to_string();
        text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}

impl FromStr for Signature {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parser::signature(text)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_plain_name(&self.name) {
            f.write_str(&self.name)?;
        } else {
            write_quoted(f, &self.name)?;
        }
        write!(f, "({})", Joined(&self.arguments, ", "))?;
        write_encoding(f, self.encoding.as_ref())?;
        if let Some(value) = &self.value {
            write!(f, " -> {value}")?;
            write_encoding(f, self.value_encoding.as_ref())?;
        }
        if let Some(error) = &self.error {
            write!(f, " or {error}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.ty)
    }
}

/// Its name in an option of a command: `repr`, `<Bf`.
impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Repr => "repr",
            Self::Raw => "raw",
            Self::Postcard => "postcard",
            Self::Struct(format) => format,
        })
    }
}

fn write_encoding(f: &mut fmt::Formatter<'_>, encoding: Option<&Encoding>) -> fmt::Result {
    match encoding {
        None => Ok(()),
        Some(Encoding::Struct(format)) => {
            f.write_str(" as ")?;
            write_quoted(f, format)
        }
        Some(word) => write!(f, " as {word}"),
    }
}

/// Whether a name stands in a signature without quotes.
pub(super) fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_plain)
}

/// Whether a name with this byte may stand without quotes.
pub(super) fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.')
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
