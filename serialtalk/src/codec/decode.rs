//! Typed values from a payload, whatever its encoding.

mod input;
mod scalars;
#[cfg(all(feature = "serde", feature = "repr"))]
mod self_describing;
mod sequence;
mod sequences;

use core::mem;

use super::error::{DecodeError, DecodeErrorKind, Invalid, UNCOUNTED, Unexpected};
use super::expected::Expected;
use crate::wire::integer::{Integer, IntegerType};
#[cfg(all(feature = "alloc", feature = "repr"))]
use crate::wire::literal::LiteralReader;
use crate::wire::struct_format::Values;

use input::Input;
pub use sequence::Sequence;

/// A type that can be received; `'a` is the lifetime of the payload, for types that borrow from it.
///
/// Derived by `#[derive(serialtalk::Value)]`. [`Encode`](super::encode::Encode) shows an implementation by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the wire",
    label = "this type cannot be received",
    note = "a type of this crate crosses with `#[derive(serialtalk::Value)]`",
    note = "a type that has only serde crosses if the command is marked `#[command(repr)]` or `#[command(postcard)]`",
    note = "in place of a type of another crate, write its parts or a struct of this crate that has them: `u32` milliseconds for a `Duration`, a `BTreeMap` for a `HashMap`"
)]
#[cfg_attr(
    not(feature = "alloc"),
    diagnostic::on_unimplemented(
        note = "`String`, `Vec`, `Box` and `BTreeMap` cross with the feature `alloc` of serialtalk, which is off: add it in Cargo.toml"
    )
)]
pub trait Decode<'a>: Sized {
    /// Whether the type is a sequence of others. The list of arguments may then be the sequence itself where it is the
    /// only argument, because Python spreads tuples over arguments.
    const IS_SEQUENCE: bool = false;

    /// Takes a value from the payload.
    ///
    /// # Errors
    ///
    /// [`Invalid`] if the payload holds something else, or nothing more; the decoder keeps the first cause.
    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid>;

    /// Returns the value that one byte of a bytes object stands for: `u8` only.
    fn from_byte(byte: u8) -> Option<Self> {
        let _ = byte;
        None
    }

    /// Returns the value of an argument that was not sent. Only options have one.
    fn missing() -> Option<Self> {
        None
    }
}

/// Decodes the arguments of a command, or the value of a reply.
///
/// Values are converted without loss: integers exactly; an integer to a float if that is exact; a float to a float by
/// rounding to nearest; a float never to an integer; UTF-8 bytes to text. Everything else is an error. The decoder keeps
/// the first [`DecodeError`] and decodes nothing more after it.
#[derive(Debug)]
pub struct Decoder<'a> {
    input: Input<'a>,
    error: Option<DecodeError>,
    /// The number of the argument that is being decoded, counted from one; those that were left out do not count.
    argument: u8,
    /// How many arguments the command takes, as far as it is known.
    arity: u8,
    /// Whether the next sequence to be opened is the list of arguments itself.
    spread: bool,
}

impl<'a> Decoder<'a> {
    /// Decodes a payload: all bytes of a frame between the name and the closing `>`.
    pub fn new(payload: &'a mut [u8]) -> Self {
        Self::expecting(payload, &Expected::UNKNOWN)
    }

    /// Decodes a payload that is expected to have a certain format.
    pub(crate) fn expecting(payload: &'a mut [u8], expected: &Expected) -> Self {
        let mut decoder = Self::unread(payload);
        decoder.begin(expected);
        decoder
    }

    /// Holds a payload until [`begin`](Self::begin) is called.
    pub(crate) fn unread(payload: &'a mut [u8]) -> Self {
        Self { input: Input::Unread(payload), error: None, argument: 0, arity: 0, spread: false }
    }

    /// Begins to decode the payload, unless that was done before; `expected` says what is expected.
    pub(crate) fn begin(&mut self, expected: &Expected) {
        if let Input::Unread(payload) = &mut self.input {
            let payload = mem::take(payload);
            self.arity = expected.argument_names.len() as u8;
            self.set_input(Input::new(payload, expected));
        }
    }

    /// Begins to decode a payload without a header, if it has the size of packed values whose format is always the same.
    pub(crate) fn begin_bare(&mut self, expected: &Expected) {
        if let Input::Unread(payload) = &mut self.input
            && let Some((template, len)) = expected.fixed()
            && payload.len() == len
        {
            let data = &*mem::take(payload);
            self.arity = expected.argument_names.len() as u8;
            self.input = Input::Struct(Values::expected(template.as_bytes(), data));
        }
    }

    /// Decodes the text of a Python literal.
    #[cfg(feature = "repr")]
    pub(crate) fn of_literal(text: &'a mut [u8]) -> Self {
        let mut decoder = Self::unread(&mut []);
        decoder.set_input(Input::literal(text));
        decoder
    }

    fn set_input(&mut self, input: Result<Input<'a>, DecodeErrorKind>) {
        match input {
            Ok(input) => self.input = input,
            Err(kind) => _ = self.fail(kind),
        }
    }

    /// The whole payload; empty once decoding has begun.
    pub(crate) fn unread_payload(&self) -> &[u8] {
        match &self.input {
            Input::Unread(payload) => payload,
            _ => &[],
        }
    }

    /// Says how many arguments the command takes.
    #[cfg(feature = "alloc")]
    pub(crate) fn set_arity(&mut self, arity: u8) {
        self.arity = arity;
    }

    /// Takes the next argument of several.
    ///
    /// # Errors
    ///
    /// An argument that was not sent or does not fit the type.
    pub fn argument<T: Decode<'a>>(&mut self) -> Result<T, Invalid> {
        if self.begin_argument()? {
            return T::decode(self);
        }
        let missing = T::missing().ok_or_else(|| self.too_few())?;
        self.leave_out_argument();
        Ok(missing)
    }

    /// Takes the only argument, or the value of a reply.
    ///
    /// If it is a sequence, the list of arguments may be that sequence: Python unwraps and spreads tuples on the way.
    ///
    /// # Errors
    ///
    /// An argument that was not sent or does not fit the type.
    pub fn sole<T: Decode<'a>>(&mut self) -> Result<T, Invalid> {
        if !T::IS_SEQUENCE || self.holds_one_sequence() {
            return self.argument();
        }
        self.spread_arguments();
        T::decode(self)
    }

    /// Counts an argument; returns whether it was sent.
    pub(crate) fn begin_argument(&mut self) -> Result<bool, Invalid> {
        // No frame holds as many.
        self.argument = self.argument.saturating_add(1);
        self.more()
    }

    /// No longer counts an argument that was not sent and need not be.
    pub(crate) fn leave_out_argument(&mut self) {
        self.argument = self.argument.saturating_sub(1);
    }

    /// Makes the list of arguments the next sequence to be opened.
    pub(crate) fn spread_arguments(&mut self) {
        self.argument = 1;
        self.spread = true;
    }

    /// Checks that nothing is left and nothing was wrong.
    ///
    /// # Errors
    ///
    /// More arguments than were taken, or an earlier error.
    pub fn finish(&mut self) -> Result<(), Invalid> {
        if self.more()? {
            return Err(self.wrong_count(UNCOUNTED));
        }
        if self.input.ends_well() { Ok(()) } else { Err(self.not_a_literal()) }
    }

    /// The first error, if there was one.
    pub fn error(&self) -> Option<&DecodeError> {
        self.error.as_ref()
    }

    /// Why decoding failed. A type that is decoded by hand may return [`Invalid`] without recording a cause.
    pub(crate) fn cause(&self) -> DecodeError {
        let kind = DecodeErrorKind::Mismatch { expected: "a value", got: Unexpected::Nothing };
        self.error.unwrap_or(DecodeError { kind, argument: self.argument })
    }

    /// Records why the value cannot be decoded, unless an error was recorded before.
    // Inlined everywhere it takes 96 bytes more of firmware.
    #[inline(never)]
    pub fn fail(&mut self, kind: DecodeErrorKind) -> Invalid {
        self.input = Input::Empty;
        if self.error.is_none() {
            self.error = Some(DecodeError { kind, argument: self.argument });
        }
        Invalid
    }

    /// Records that a value is of another type than expected.
    pub fn mismatch(&mut self, expected: &'static str, got: Unexpected) -> Invalid {
        self.fail(DecodeErrorKind::Mismatch { expected, got })
    }

    /// Records that an integer, given as its sign-extended two's complement, is not a variant of the enum `name`.
    pub fn not_a_variant(&mut self, name: &'static str, bits: u64, ty: IntegerType) -> Invalid {
        let value = if ty.is_signed() { Integer::signed(bits) } else { Integer::positive(bits) };
        self.fail(DecodeErrorKind::NotAVariant { value, ty: name })
    }

    /// Records that a name is not a variant of the enum `name`.
    pub fn unknown_variant(&mut self, name: &'static str) -> Invalid {
        self.fail(DecodeErrorKind::UnknownVariant { ty: name })
    }

    /// Records that a sequence has `got` elements, and not `expected`.
    // Inlined everywhere it takes more firmware, as do the two below.
    #[inline(never)]
    pub fn wrong_length(&mut self, expected: u16, got: usize) -> Invalid {
        self.fail(DecodeErrorKind::WrongLength { expected, got: u8::try_from(got).unwrap_or(UNCOUNTED) })
    }

    /// Records that there are more elements, or bytes of text, than the `room` for them.
    pub(crate) fn too_long(&mut self, room: usize) -> Invalid {
        self.fail(DecodeErrorKind::TooLong { room })
    }

    /// Records that the argument that was to be decoded was not sent.
    #[inline(never)]
    pub(crate) fn too_few(&mut self) -> Invalid {
        self.wrong_count(self.argument.saturating_sub(1))
    }

    /// Records that `got` arguments were sent, which is not what the command takes.
    #[inline(never)]
    fn wrong_count(&mut self, got: u8) -> Invalid {
        let expected = self.arity.max(self.argument).into();
        self.argument = 0;
        self.fail(DecodeErrorKind::WrongLength { expected, got })
    }

    /// Records that a text is not a Python literal.
    pub(crate) fn not_a_literal(&mut self) -> Invalid {
        self.fail(DecodeErrorKind::NotALiteral)
    }

    /// The reader of a literal payload.
    #[cfg(all(feature = "alloc", feature = "repr"))]
    pub(crate) fn literal_reader(&mut self) -> Option<&mut LiteralReader<'a>> {
        match &mut self.input {
            Input::Literal(reader, _) => Some(reader),
            _ => None,
        }
    }

    /// Takes raw bytes for postcard, because Python peers cannot write the header of postcard.
    #[cfg(feature = "serde")]
    pub(crate) fn expect_postcard(&mut self) {
        #[cfg(feature = "postcard")]
        if let Input::Bytes(bytes) = self.input {
            self.input = Input::Postcard(bytes);
        }
    }

    /// What is left of a payload in postcard.
    #[cfg(feature = "postcard")]
    pub(crate) fn postcard(&mut self) -> Option<&mut &'a [u8]> {
        match &mut self.input {
            Input::Postcard(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Whether the payload cannot be read under its header, so that it is bytes as a whole.
    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self.input, Input::Unreadable(_))
    }
}
