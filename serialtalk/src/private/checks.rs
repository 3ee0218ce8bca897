//! What generated code asserts at compile time.

use crate::command::{ACK, ERR};
use crate::frame::{HEADER, MAX_FRAME};
use crate::interface::Interface;
use crate::message::Message;
use crate::names::is_same;
use crate::shape::Shape;
use crate::texts::join;

/// How values of a shape travel, as a string made at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __encoding {
    ($shape:expr) => {{
        const ENCODING: $crate::shape::FormatText = $shape.encoding();
        const BYTES: [$crate::__private::u8; ENCODING.len()] = ENCODING.bytes();
        match ::core::str::from_utf8(&BYTES) {
            $crate::__private::Ok(encoding) => encoding,
            $crate::__private::Err(_) => "",
        }
    }};
}

/// The header of a struct payload, as bytes made at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __header {
    ($format:expr) => {{
        const HEADER: [$crate::__private::u8; $format.len() + 1] = $crate::__private::header($format);
        &HEADER
    }};
}

/// The bytes of a header; `N` must be one more than the format has.
pub const fn header<const N: usize>(format: &str) -> [u8; N] {
    join(&[format])
}

/// Whether literals can be read, which commands that travel as `repr` need.
pub const HAS_REPR: bool = cfg!(feature = "repr");

/// Whether a call with a payload of so many bytes fits a frame.
pub const fn fits_call(name: &str, payload: usize) -> bool {
    fits(name.len(), payload)
}

/// Whether a reply with a payload of so many bytes fits a frame.
pub const fn fits_reply(name: &str, payload: usize) -> bool {
    const { assert!(ACK.len() == ERR.len()) }
    fits(name.len() + ACK.len(), payload)
}

const fn fits(name: usize, payload: usize) -> bool {
    HEADER + name + payload < MAX_FRAME
}

/// How the arguments of a command travel.
pub const fn format_of(interface: &Interface, name: &str) -> &'static str {
    match interface.command(name) {
        Some(command) => command.format,
        None => "",
    }
}

/// How the value of a command travels.
pub const fn returns_of(interface: &Interface, name: &str) -> &'static str {
    match interface.command(name) {
        Some(command) => command.return_format,
        None => "",
    }
}

/// Whether `encoding` is a struct format.
pub const fn is_struct(encoding: &str) -> bool {
    !encoding.is_empty() && !is_same(encoding, "repr")
}

/// The struct format in which arguments come that travel as `encoding`; empty if in none.
pub const fn expected_format(encoding: &'static str) -> &'static str {
    if encoding.is_empty() {
        // What peers send for no arguments.
        "z"
    } else if is_struct(encoding) {
        encoding
    } else {
        ""
    }
}

/// What is wrong with a format that was chosen for values of this shape.
pub const fn misfit(format: &str, shape: &Shape) -> Option<Message> {
    match shape.agrees_with(format) {
        Ok(()) => None,
        Err(wrong) if shape.is_fixed() => {
            Some(Message::of(&[wrong, "; they are \"", shape.format().as_str(), "\""]))
        }
        Err(wrong) => Some(Message::of(&[wrong])),
    }
}

/// Whether documentation that says `written` is right about something that travels as `encoding`.
pub const fn describes(written: &str, encoding: &str) -> bool {
    is_same(written, encoding)
}
