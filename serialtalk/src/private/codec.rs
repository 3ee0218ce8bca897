//! How a type crosses: as a value of ours or by serde, picked where the type is known.
//!
//! Method calls on a [`Probe`] find the first of these traits that its type satisfies, because each is implemented for one
//! reference less than the one before. A type that satisfies none gets [`ByNothing`], which does nothing: the one error
//! about it comes from [`Demand`](super::Demand).

use core::fmt::Debug;
use core::marker::PhantomData;

use crate::payload::PayloadWriter;
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::{Pack, PackProblem};
use crate::reader::Reader;
use crate::reply::Reply;
use crate::value::{Decode, Encode};

/// What writes a type in some encoding: `encoder!(value f32)`, `encoder!(repr Config)`, `encoder!(postcard Config)`, and
/// `encoder!(value_error Fault)`, `encoder!(repr_error Fault)` for the error of a command.
#[doc(hidden)]
#[macro_export]
macro_rules! __encoder {
    (value $type:ty) => { $crate::__encoder!(@ __st_value_encoder $type) };
    (repr $type:ty) => { $crate::__encoder!(@ __st_repr_encoder $type) };
    (postcard $type:ty) => { $crate::__encoder!(@ __st_postcard_encoder $type) };
    (value_error $type:ty) => { $crate::__encoder!(@ __st_value_error_encoder $type) };
    (repr_error $type:ty) => { $crate::__encoder!(@ __st_repr_error_encoder $type) };
    (@ $pick:ident $type:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::{PickEncode as _, PickError as _, PickNothing as _, PickSerdeError as _, PickSerialize as _};
        (&&&$crate::__private::Probe::<$type>::NEW).$pick()
    }};
}

/// What reads a type from some encoding: `decoder!(value f32)`, `decoder!(repr Config)`, `decoder!(postcard Config)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __decoder {
    (value $type:ty) => { $crate::__decoder!(@ __st_value_decoder $type) };
    (repr $type:ty) => { $crate::__decoder!(@ __st_repr_decoder $type) };
    (postcard $type:ty) => { $crate::__decoder!(@ __st_postcard_decoder $type) };
    (@ $pick:ident $type:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::{PickDecode as _, PickDeserialize as _, PickNothing as _};
        (&&&$crate::__private::Probe::<$type>::NEW).$pick()
    }};
}

/// A type that is asked how it crosses.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<fn() -> T>);

/// A type that implements `Encode`, `Decode` or both.
#[derive(Debug)]
pub struct ByValue<T>(PhantomData<fn() -> T>);

/// A type that has only serde.
#[derive(Debug)]
pub struct BySerde<T>(PhantomData<fn() -> T>);

/// A type that has serde, out of postcard.
#[derive(Debug)]
pub struct ByPostcard<T>(PhantomData<fn() -> T>);

/// A type that cannot cross.
#[derive(Debug)]
pub struct ByNothing<T>(PhantomData<fn() -> T>);

impl<T> Probe<T> {
    /// There is only one.
    pub const NEW: Self = Self(PhantomData);
}

impl<T: Encode> ByValue<T> {
    /// Packs a value behind others.
    pub fn pack(self, value: &T, packer: &mut impl Pack) {
        value.pack(packer);
    }

    /// Writes a value as an element of a literal.
    pub fn write(self, value: &T, writer: &mut LiteralWriter<'_, '_>) {
        value.write(writer);
    }

    /// Writes a sole value in the encoding that its type says; `format` is its struct format if it has one.
    pub fn sole(self, value: &T, payload: &mut PayloadWriter<'_>, format: &str) {
        payload.sole(value, format);
    }

    /// Writes a sole value as a literal.
    pub fn literal_sole(self, value: &T, payload: &mut PayloadWriter<'_>) {
        payload.literal_sole(value);
    }

    /// Writes bytes, raw.
    pub fn raw_sole(self, value: &T, payload: &mut PayloadWriter<'_>) {
        payload.raw_sole(value);
    }

    /// Writes a sole value under a format that lays it down as it is.
    pub fn exact_sole(self, value: &T, payload: &mut PayloadWriter<'_>, format: &str) {
        value.pack(payload.structure(format));
    }

    /// Answers with a value in the encoding that its type says; `header` is that of its struct payload if it has one.
    pub fn answer(self, value: &T, reply: &mut Reply<'_>, header: &[u8]) {
        if const { T::SHAPE.is_nothing() } {
            reply.value().no_value();
        } else if const { T::SHAPE.is_fixed() } {
            self.exact_answer(value, reply, header);
        } else {
            reply.value().literal_sole(value);
        }
    }

    /// Answers with a value behind a header whose format lays it down as it is.
    pub fn exact_answer(self, value: &T, reply: &mut Reply<'_>, header: &[u8]) {
        value.pack(reply.structure(header));
    }

    /// Writes a sole value under a chosen format.
    pub fn sole_by_format(
        self,
        value: &T,
        payload: &mut PayloadWriter<'_>,
        format: &str,
    ) -> Result<(), PackProblem> {
        payload.by_format(format, |packer| value.pack(packer))
    }

    /// Answers with a value under a chosen format.
    pub fn reply_by_format(self, value: &T, reply: &mut Reply<'_>, format: &str) {
        if let Err(problem) = self.sole_by_format(value, reply.value(), format) {
            reply.unpackable(problem);
        }
    }
}

impl<T: Encode + Debug> ByValue<T> {
    /// Answers with an error.
    pub fn fail(self, error: &T, reply: &mut Reply<'_>) {
        reply.fail_with(error);
    }
}

impl<T> ByValue<T> {
    /// The next argument of several.
    pub fn take<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: Decode<'a>,
    {
        reader.take()
    }

    /// The only argument, or the value of a reply.
    pub fn take_sole<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: Decode<'a>,
    {
        reader.take_sole()
    }

    /// A part of another value.
    pub fn decode<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: Decode<'a>,
    {
        T::decode(reader)
    }

    /// The next of `length` elements.
    pub fn element<'a>(self, reader: &mut Reader<'a>, length: u16) -> Option<T>
    where
        T: Decode<'a>,
    {
        reader.element(length)
    }

    /// What stands for an argument that was not sent.
    pub fn missing<'a>(self) -> Option<T>
    where
        T: Decode<'a>,
    {
        T::missing()
    }

    /// Goes on to the other direction.
    pub fn and<D>(self, decoder: D) -> D {
        decoder
    }

    /// Nothing is wrong with this type.
    pub fn must_cross(self) {}

    /// It has to have a text, too, for peers that know nothing of Rust.
    pub fn must_cross_as_error(self)
    where
        T: Debug,
    {
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> BySerde<T> {
    /// Writes a value as an element of a literal.
    pub fn write(self, value: &T, writer: &mut LiteralWriter<'_, '_>) {
        writer.serde(value);
    }

    /// Writes a sole value as a literal.
    pub fn literal_sole(self, value: &T, payload: &mut PayloadWriter<'_>) {
        payload.literal_serde(value);
    }

    /// Writes a value behind others, in postcard.
    #[cfg(feature = "postcard")]
    pub fn postcard(self, value: &T, payload: &mut PayloadWriter<'_>) {
        payload.postcard(value);
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize + Debug> BySerde<T> {
    /// Answers with an error.
    pub fn fail(self, error: &T, reply: &mut Reply<'_>) {
        reply.fail_with_value(error, |writer| writer.serde(error));
    }
}

#[cfg(feature = "serde")]
impl<T> BySerde<T> {
    /// The next argument of several.
    pub fn take<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: serde::Deserialize<'a>,
    {
        reader.serde()
    }

    /// The only argument, or the value of a reply.
    pub fn take_sole<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: serde::Deserialize<'a>,
    {
        reader.serde_sole()
    }

    /// Goes on to the other direction.
    pub fn and<D>(self, decoder: D) -> D {
        decoder
    }

    /// Nothing is wrong with this type.
    pub fn must_cross(self) {}

    /// It has to have a text, too, for peers that know nothing of Rust.
    pub fn must_cross_as_error(self)
    where
        T: Debug,
    {
    }
}

#[cfg(feature = "serde")]
impl<T> ByPostcard<T> {
    /// The next argument of several.
    pub fn take<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: serde::Deserialize<'a>,
    {
        reader.bytes_are_postcard();
        reader.serde()
    }

    /// The only argument, or the value of a reply.
    pub fn take_sole<'a>(self, reader: &mut Reader<'a>) -> Option<T>
    where
        T: serde::Deserialize<'a>,
    {
        reader.bytes_are_postcard();
        reader.serde_sole()
    }
}

/// The program does not compile where any of these is called.
#[allow(clippy::unused_self, reason = "they stand in for methods that do something")]
impl<T> ByNothing<T> {
    pub fn pack(self, _value: &T, _packer: &mut impl Pack) {}
    pub fn write(self, _value: &T, _writer: &mut LiteralWriter<'_, '_>) {}
    pub fn sole(self, _value: &T, _payload: &mut PayloadWriter<'_>, _format: &str) {}
    pub fn literal_sole(self, _value: &T, _payload: &mut PayloadWriter<'_>) {}
    pub fn raw_sole(self, _value: &T, _payload: &mut PayloadWriter<'_>) {}
    pub fn exact_sole(self, _value: &T, _payload: &mut PayloadWriter<'_>, _format: &str) {}
    pub fn postcard(self, _value: &T, _payload: &mut PayloadWriter<'_>) {}
    pub fn answer(self, _value: &T, _reply: &mut Reply<'_>, _header: &[u8]) {}
    pub fn exact_answer(self, _value: &T, _reply: &mut Reply<'_>, _header: &[u8]) {}
    pub fn fail(self, _error: &T, _reply: &mut Reply<'_>) {}
    pub fn sole_by_format(
        self,
        _value: &T,
        _payload: &mut PayloadWriter<'_>,
        _format: &str,
    ) -> Result<(), PackProblem> {
        Ok(())
    }
    pub fn reply_by_format(self, _value: &T, _reply: &mut Reply<'_>, _format: &str) {}
    pub fn take(self, _reader: &mut Reader<'_>) -> Option<T> {
        None
    }
    pub fn take_sole(self, _reader: &mut Reader<'_>) -> Option<T> {
        None
    }
    pub fn decode(self, _reader: &mut Reader<'_>) -> Option<T> {
        None
    }
    pub fn element(self, _reader: &mut Reader<'_>, _length: u16) -> Option<T> {
        None
    }
    pub fn missing(self) -> Option<T> {
        None
    }
    pub fn and<D>(self, _decoder: D) -> Self {
        self
    }
    /// Says what is wrong.
    pub fn must_cross(self)
    where
        T: CrossesAsLiteral,
    {
    }
    /// Says what is wrong.
    pub fn must_cross_as_error(self)
    where
        T: CrossesAsLiteral,
    {
    }
}

/// Types that can cross as literals; only there to have a message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the wire",
    label = "this type can be sent and received neither as a value nor by serde",
    note = "derive it: `#[derive(serialtalk::Value)]`",
    note = "or derive serde's `Serialize` and `Deserialize`, and enable the feature `serde` of serialtalk"
)]
pub trait CrossesAsLiteral {}

pub trait PickEncode<T> {
    fn __st_value_encoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
    fn __st_repr_encoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
}
impl<T: Encode> PickEncode<T> for &&Probe<T> {}

pub trait PickError<T> {
    fn __st_value_error_encoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
    fn __st_repr_error_encoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
}
impl<T: Encode + Debug> PickError<T> for &&Probe<T> {}

pub trait PickDecode<T> {
    fn __st_value_decoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
    fn __st_repr_decoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
}
impl<'a, T: Decode<'a>> PickDecode<T> for &&Probe<T> {}

pub trait PickSerialize<T> {
    fn __st_repr_encoder(&self) -> BySerde<T> {
        BySerde(PhantomData)
    }
    fn __st_postcard_encoder(&self) -> BySerde<T> {
        BySerde(PhantomData)
    }
}
#[cfg(feature = "serde")]
impl<T: serde::Serialize> PickSerialize<T> for &Probe<T> {}

pub trait PickSerdeError<T> {
    fn __st_repr_error_encoder(&self) -> BySerde<T> {
        BySerde(PhantomData)
    }
}
#[cfg(feature = "serde")]
impl<T: serde::Serialize + Debug> PickSerdeError<T> for &Probe<T> {}

pub trait PickDeserialize<T> {
    fn __st_repr_decoder(&self) -> BySerde<T> {
        BySerde(PhantomData)
    }
    fn __st_postcard_decoder(&self) -> ByPostcard<T> {
        ByPostcard(PhantomData)
    }
}
#[cfg(feature = "serde")]
impl<'a, T: serde::Deserialize<'a>> PickDeserialize<T> for &Probe<T> {}

pub trait PickNothing<T> {
    fn __st_value_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_repr_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_postcard_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_value_error_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_repr_error_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_value_decoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_repr_decoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
    fn __st_postcard_decoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
}
impl<T> PickNothing<T> for Probe<T> {}
