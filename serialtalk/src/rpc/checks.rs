//! What must hold of a command, checked at compile time.

use super::clashes::{colliding_builtin, describe_clash};
use super::interface::CommandInfo;
use crate::codec::shape::{Message, Shape, Subject, misfit};
use crate::wire::checked::MAX_PAYLOAD;
use crate::wire::const_str::is_same;
use crate::wire::frame::{MAX_LEN, Suffix};

/// What a frame has room for besides NC: the name and the payload, in bytes.
const ROOM: usize = MAX_LEN - 1;

const REPLY_SUFFIX_LEN: usize = Suffix::Ack.as_bytes().len();

/// The longest name of a command in bytes: the shortest reply has its name, a suffix and one byte of payload.
pub(super) const MAX_NAME: usize = ROOM - REPLY_SUFFIX_LEN - 1;

impl CommandInfo {
    /// Fails to compile if the name on the wire is too long, or collides with that of a built-in command or of `clash`.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check_name(&self, clash: Option<&CommandInfo>) {
        if let Some(message) = self.wrong_name(clash) {
            panic!("{}", message.as_str());
        }
    }

    const fn wrong_name(&self, clash: Option<&CommandInfo>) -> Option<Message> {
        if self.name.len() > MAX_NAME {
            return Some(Message::of(&[
                "the name of `",
                self.method,
                "` is too long for a reply to fit a frame: write at most 250 bytes; 26 are few enough for every peer",
            ]));
        }
        if let Some(other) = clash {
            return Some(describe_clash(self, other));
        }
        match colliding_builtin(self.name) {
            None => None,
            Some(builtin) if is_same(builtin, self.name) => Some(Message::of(&[
                "`",
                builtin,
                "` is a command that every peer already has: rename the method, or give it another wire name: \
                 #[command(name = \"...\")]",
            ])),
            Some(builtin) => Some(Message::of(&[
                "`",
                self.name,
                "` collides with the built-in command `",
                builtin,
                "`: one is the name of a reply to the other; rename the method, or give it another wire name: \
                 #[command(name = \"...\")]",
            ])),
        }
    }

    /// Fails to compile if the smallest call or the smallest reply does not fit a frame, if the feature `repr` is missing,
    /// or if a literal could not tell values of a type apart.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check(&self) {
        if let Some(message) = self.mistake() {
            panic!("{}", message.as_str());
        }
    }

    const fn mistake(&self) -> Option<Message> {
        let name = self.name.len();
        if name > MAX_NAME {
            // `check_name` reports it.
            return None;
        }
        if name + self.parts.arguments.shortest_under(self.format) > MAX_PAYLOAD
            && !is_misfit(self.format, self.parts.arguments)
        {
            return Some(Message::of(&[
                "the arguments of `",
                self.method,
                "` never fit a frame, which has 249 bytes for them and the name: send them in several calls",
            ]));
        }
        let value = self.parts.value.shortest_under(self.return_format);
        if (value > MAX_PAYLOAD || name + REPLY_SUFFIX_LEN + value > ROOM)
            && !is_misfit(self.return_format, self.parts.value)
        {
            return Some(Message::of(&[
                "the value of `",
                self.method,
                "` never fits a frame, which has 249 bytes for it, and 251 for it and the name: return it in several calls",
            ]));
        }
        if !cfg!(feature = "repr") && self.needs_repr() {
            return Some(Message::of(&[
                "`",
                self.method,
                "` needs Python literals for its arguments, its value or its error: \
                 add the feature `repr` of serialtalk in Cargo.toml",
            ]));
        }
        if self.has_option_in_option() {
            return Some(Message::of(&[
                "`",
                self.method,
                "` has an `Option` directly in an `Option`, and Python has one `None` for both: \
                 use an enum with the three cases, or `#[command(postcard)]` for a peer in Rust",
            ]));
        }
        None
    }

    const fn has_option_in_option(&self) -> bool {
        !is_same(self.format, "postcard") && self.parts.arguments.has_option_in_option()
            || !is_same(self.return_format, "postcard") && self.parts.value.has_option_in_option()
            || matches!(self.parts.error, Some(error) if error.has_option_in_option())
    }

    const fn needs_repr(&self) -> bool {
        is_same(self.format, "repr") && !self.parts.arguments.is_opaque()
            || is_same(self.return_format, "repr") && !self.parts.value.is_opaque()
            || !self.error.is_empty()
    }

    /// Fails to compile if a struct format that was written by hand does not pack the arguments without loss.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check_format(&self) {
        let subject = Subject::Arguments { method: self.method, count: self.arguments.len() };
        check_format(self.format, self.parts.arguments, subject);
    }

    /// Fails to compile if a struct format that was written by hand does not pack the value without loss.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check_return_format(&self) {
        check_format(self.return_format, self.parts.value, Subject::Value { method: self.method });
    }

    /// Fails to compile if the argument, which is sent raw, is neither bytes nor text.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check_raw_argument(&self) {
        check_raw(self.parts.arguments, "the argument of `", self.method);
    }

    /// Fails to compile if the value, which is sent raw, is neither bytes nor text.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check_raw_value(&self) {
        check_raw(self.parts.value, "the value of `", self.method);
    }

    /// Whether the format of the arguments, written by hand, lays them down as they are.
    #[doc(hidden)]
    pub const fn is_laid_out(&self) -> bool {
        self.parts.arguments.is_laid_out_as(self.format)
    }

    /// Whether the format of the value, written by hand, lays it down as it is.
    #[doc(hidden)]
    pub const fn returns_laid_out(&self) -> bool {
        self.parts.value.is_laid_out_as(self.return_format)
    }

    /// The largest number of bytes for the only argument of run-time length, or for the value if there is no such argument;
    /// 0 for a command that carries no such bytes, or several.
    #[doc(hidden)]
    pub const fn max_bytes(&self) -> usize {
        let name = self.name.len();
        if self.parts.arguments.has_run_time_bytes() {
            return most_bytes(self.format, self.parts.arguments, name);
        }
        if self.parts.value.has_run_time_bytes() {
            return most_bytes(self.return_format, self.parts.value, name + REPLY_SUFFIX_LEN);
        }
        0
    }
}

/// Whether [`check_format`] reports the format of a command.
const fn is_misfit(format: &str, shape: &Shape) -> bool {
    match format.as_bytes() {
        [] | b"repr" | b"raw" | b"postcard" => false,
        _ if shape.is_opaque() || is_same(format, shape.template().as_str()) => false,
        _ => shape.agrees_with(format).is_err(),
    }
}

#[track_caller]
const fn check_format(format: &str, shape: &Shape, subject: Subject<'_>) {
    // A type that only serde knows, or that cannot cross at all, is reported by itself; so is the size of the format that
    // the types have anyway.
    if !shape.is_opaque()
        && !is_same(format, shape.template().as_str())
        && let Some(message) = misfit(format, shape, subject)
    {
        panic!("{}", message.as_str());
    }
}

#[track_caller]
const fn check_raw(shape: &Shape, what: &str, method: &str) {
    if !shape.is_bytes() {
        let text = "` is neither bytes nor text, and `raw` carries nothing else: leave `raw` out";
        panic!("{}", Message::of(&[what, method, text]).as_str());
    }
}

/// How many bytes of run-time length fit a frame beside a name and everything else of a payload.
const fn most_bytes(encoding: &str, shape: &Shape, name: usize) -> usize {
    let lengths = count(encoding, b'*');
    let fixed = if is_same(encoding, "raw") {
        1 + encoding.len()
    } else if lengths == 1 {
        // Without the `*`, in whose place the digits are written.
        1 + encoding.len() - 1 + shape.packed_len()
    } else {
        return 0;
    };
    let mut bytes = MAX_LEN;
    while bytes > 0 && name + fixed + lengths * digits(bytes) + bytes > ROOM {
        bytes -= 1;
    }
    bytes
}

const fn digits(number: usize) -> usize {
    if number < 10 {
        1
    } else if number < 100 {
        2
    } else {
        3
    }
}

const fn count(text: &str, byte: u8) -> usize {
    let (mut rest, mut count) = (text.as_bytes(), 0);
    while let [first, after @ ..] = rest {
        count += (*first == byte) as usize;
        rest = after;
    }
    count
}
