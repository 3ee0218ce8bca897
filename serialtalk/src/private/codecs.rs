//! How a type crosses: as a value of ours or by serde, picked where the type is known.
//!
//! Method calls on a [`Probe`] find the first of these traits that its type satisfies, because each is implemented for one
//! reference less than the one before. A type that satisfies none gets [`ByNothing`], which does nothing: the one error
//! about it comes from [`Demand`](super::Demand).

use core::marker::PhantomData;

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
#[cfg(feature = "serde")]
use crate::codec::serde::SerdeValue;
use crate::codec::shape::Shape;

/// A value as something to be encoded: `give!(f32, &value)`; by serde if need be: `give!(repr Config, &value)`,
/// `give!(postcard Config, &value)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __give {
    (repr $type:ty, $value:expr) => { $crate::__give!(@ __st_repr_encoder $type, $value) };
    (postcard $type:ty, $value:expr) => { $crate::__give!(@ __st_postcard_encoder $type, $value) };
    (@ $pick:ident $type:ty, $value:expr) => {{
        use $crate::__private::{PickEncode as _, PickNothing as _, PickSerialize as _};
        (&&&$crate::__private::Probe::<$type>::NEW).$pick().give($value)
    }};
    ($type:ty, $value:expr) => { $crate::__give!(@ __st_value_encoder $type, $value) };
}

/// What decodes a type: `take!(f32)`; by serde if need be: `take!(repr Config)`, `take!(postcard Config)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __take {
    (repr $type:ty) => { $crate::__take!(@ __st_repr_decoder $type) };
    (postcard $type:ty) => { $crate::__take!(@ __st_postcard_decoder $type) };
    (@ $pick:ident $type:ty) => {{
        use $crate::__private::{PickDecode as _, PickDeserialize as _, PickNothing as _};
        (&&&$crate::__private::Probe::<$type>::NEW).$pick()
    }};
    ($type:ty) => { $crate::__take!(@ __st_value_decoder $type) };
}

/// Something with `must_cross()`, which is an error for a type that crosses neither as a value nor by serde.
#[doc(hidden)]
#[macro_export]
macro_rules! __crosses {
    ($type:ty) => {{
        use $crate::__private::{
            PickDecode as _, PickDeserialize as _, PickEncode as _, PickNothing as _, PickSerialize as _,
        };
        let __probe = &&&$crate::__private::Probe::<$type>::NEW;
        __probe.__st_repr_encoder().and(__probe.__st_repr_decoder())
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

/// A type that has serde, in postcard.
#[derive(Debug)]
pub struct ByPostcard<T>(PhantomData<fn() -> T>);

/// A type that cannot cross.
#[derive(Debug)]
pub struct ByNothing<T>(PhantomData<fn() -> T>);

impl<T> Probe<T> {
    /// The probe of a type.
    pub const NEW: Self = Self(PhantomData);
}

impl<T> ByValue<T> {
    /// Gives a value to an encoder.
    pub fn give(self, value: &T) -> &T
    where
        T: Encode,
    {
        value
    }

    /// Takes the next argument of several.
    pub fn argument<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: Decode<'a>,
    {
        decoder.argument()
    }

    /// Takes the only argument, or the value of a reply.
    pub fn sole<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: Decode<'a>,
    {
        decoder.sole()
    }

    /// Takes a part of another value.
    pub fn decode<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: Decode<'a>,
    {
        T::decode(decoder)
    }

    /// Takes the next of `len` elements, of which `index` were taken before.
    pub fn element<'a>(self, decoder: &mut Decoder<'a>, index: u16, len: u16) -> Result<T, Invalid>
    where
        T: Decode<'a>,
    {
        decoder.element(index, len)
    }

    /// The value of an argument that was not sent.
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

    /// Reports nothing, because the type crosses.
    pub fn must_cross(self) {}
}

#[cfg(feature = "serde")]
impl<T> BySerde<T> {
    /// Gives a value to an encoder.
    pub fn give(self, value: &T) -> SerdeValue<'_, T>
    where
        T: serde::Serialize,
    {
        SerdeValue(value)
    }

    /// Takes the next argument of several.
    pub fn argument<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: serde::Deserialize<'a>,
    {
        decoder.serde_argument()
    }

    /// Takes the only argument, or the value of a reply.
    pub fn sole<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: serde::Deserialize<'a>,
    {
        decoder.serde_sole()
    }

    /// Goes on to the other direction.
    pub fn and<D>(self, decoder: D) -> D {
        decoder
    }

    /// Reports nothing, because the type crosses.
    pub fn must_cross(self) {}
}

#[cfg(feature = "serde")]
impl<T> ByPostcard<T> {
    /// Gives a value to postcard.
    pub fn give(self, value: &T) -> &T
    where
        T: serde::Serialize,
    {
        value
    }

    /// Takes the next argument of several.
    pub fn argument<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: serde::Deserialize<'a>,
    {
        decoder.expect_postcard();
        decoder.serde_argument()
    }

    /// Takes the only argument, or the value of a reply.
    pub fn sole<'a>(self, decoder: &mut Decoder<'a>) -> Result<T, Invalid>
    where
        T: serde::Deserialize<'a>,
    {
        decoder.expect_postcard();
        decoder.serde_sole()
    }
}

/// A value of a type that cannot cross. The program does not compile where it is encoded.
#[derive(Debug)]
pub struct Nothing;

impl Encode for Nothing {
    const SHAPE: &'static Shape = &Shape::Opaque;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.unsupported()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Nothing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// The program does not compile where any of these is called.
#[allow(clippy::unused_self, reason = "they stand in for methods that do something")]
impl<T> ByNothing<T> {
    /// Gives nothing.
    pub fn give(self, _value: &T) -> &'static Nothing {
        &Nothing
    }

    /// Takes nothing.
    pub fn argument(self, _decoder: &mut Decoder<'_>) -> Result<T, Invalid> {
        Err(Invalid)
    }

    /// Takes nothing.
    pub fn sole(self, _decoder: &mut Decoder<'_>) -> Result<T, Invalid> {
        Err(Invalid)
    }

    /// Takes nothing.
    pub fn decode(self, _decoder: &mut Decoder<'_>) -> Result<T, Invalid> {
        Err(Invalid)
    }

    /// Takes nothing.
    pub fn element(self, _decoder: &mut Decoder<'_>, _index: u16, _len: u16) -> Result<T, Invalid> {
        Err(Invalid)
    }

    /// Has no value.
    pub fn missing(self) -> Option<T> {
        None
    }

    /// Stays with the direction that is wrong.
    pub fn and<D>(self, _decoder: D) -> Self {
        self
    }

    /// Reports that the type cannot cross.
    pub fn must_cross(self)
    where
        T: CrossesAsLiteral,
    {
    }
}

/// Types that can cross as literals; only there to have a message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the wire",
    label = "this type can be sent and received neither as a value nor by serde",
    note = "a type of this crate crosses with `#[derive(serialtalk::Value)]`",
    note = "it also crosses with serde's `Serialize` and `Deserialize` and the feature `serde` of serialtalk",
    note = "in place of a type of another crate, write its parts or a struct of this crate that has them: `u32` milliseconds for a `Duration`, a `BTreeMap` for a `HashMap`"
)]
#[cfg_attr(
    not(feature = "alloc"),
    diagnostic::on_unimplemented(
        note = "`String`, `Vec`, `Box` and `BTreeMap` cross with the feature `alloc` of serialtalk, which is off: add it in Cargo.toml"
    )
)]
pub trait CrossesAsLiteral {}

/// Picks how a type is sent that implements `Encode`.
pub trait PickEncode<T> {
    /// As its types say.
    fn __st_value_encoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }

    /// As a literal.
    fn __st_repr_encoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
}
impl<T: Encode> PickEncode<T> for &&Probe<T> {}

/// Picks how a type is received that implements `Decode`.
pub trait PickDecode<T> {
    /// As its types say.
    fn __st_value_decoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }

    /// As a literal.
    fn __st_repr_decoder(&self) -> ByValue<T> {
        ByValue(PhantomData)
    }
}
impl<'a, T: Decode<'a>> PickDecode<T> for &&Probe<T> {}

/// Picks how a type is sent that has only serde.
pub trait PickSerialize<T> {
    /// As a literal.
    fn __st_repr_encoder(&self) -> BySerde<T> {
        BySerde(PhantomData)
    }

    /// In postcard.
    fn __st_postcard_encoder(&self) -> ByPostcard<T> {
        ByPostcard(PhantomData)
    }
}
#[cfg(feature = "serde")]
impl<T: serde::Serialize> PickSerialize<T> for &Probe<T> {}

/// Picks how a type is received that has only serde.
pub trait PickDeserialize<T> {
    /// From a literal.
    fn __st_repr_decoder(&self) -> BySerde<T> {
        BySerde(PhantomData)
    }

    /// From postcard.
    fn __st_postcard_decoder(&self) -> ByPostcard<T> {
        ByPostcard(PhantomData)
    }
}
#[cfg(feature = "serde")]
impl<'a, T: serde::Deserialize<'a>> PickDeserialize<T> for &Probe<T> {}

/// Picks nothing for a type that cannot cross.
pub trait PickNothing<T> {
    /// Nothing.
    fn __st_value_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }

    /// Nothing.
    fn __st_repr_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }

    /// Nothing.
    fn __st_postcard_encoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }

    /// Nothing.
    fn __st_value_decoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }

    /// Nothing.
    fn __st_repr_decoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }

    /// Nothing.
    fn __st_postcard_decoder(&self) -> ByNothing<T> {
        ByNothing(PhantomData)
    }
}
impl<T> PickNothing<T> for Probe<T> {}
