//! What generated code asks of the types in a signature, once for each.

use core::fmt::Debug;
use core::marker::PhantomData;

use crate::shape::Shape;
use crate::value::{Decode, Encode};

/// Asks of a type that it crosses.
///
/// All functions exist twice: here for types that can be sent, and in [`Undemanded`] for those that cannot. So a type
/// that can neither be sent nor received is one error, not two.
#[derive(Debug)]
pub struct Demand<'a, T>(PhantomData<(&'a (), T)>);

impl<'a, T: Encode> Demand<'a, T> {
    /// It may borrow from the frame.
    pub const fn argument()
    where
        T: Decode<'a>,
    {
    }

    /// It outlives the frame.
    pub const fn value()
    where
        T: for<'b> Decode<'b>,
    {
    }

    /// It is a value, and has a text for peers that know nothing of Rust.
    pub const fn error()
    where
        T: for<'b> Decode<'b> + Debug,
    {
    }
}

/// Where [`Demand`] goes for a type that cannot be sent.
pub trait Undemanded<T> {
    fn argument()
    where
        T: Encode,
    {
    }
    fn value()
    where
        T: Encode,
    {
    }
    fn error()
    where
        T: Encode,
    {
    }
}

impl<T> Undemanded<T> for Demand<'_, T> {}

/// Asks of a type that serde takes it both ways, likewise.
#[derive(Debug)]
pub struct DemandSerde<'a, T>(PhantomData<(&'a (), T)>);

#[cfg(feature = "serde")]
impl<'a, T: serde::Serialize> DemandSerde<'a, T> {
    /// It may borrow from the frame.
    pub const fn argument()
    where
        T: serde::Deserialize<'a>,
    {
    }

    /// It outlives the frame.
    pub const fn value()
    where
        T: serde::de::DeserializeOwned,
    {
    }
}

/// Where [`DemandSerde`] goes for a type that serde cannot write. Without the feature the program does not compile
/// anyway.
pub trait UndemandedSerde<T> {
    #[cfg(feature = "serde")]
    fn argument()
    where
        T: serde::Serialize,
    {
    }
    #[cfg(feature = "serde")]
    fn value()
    where
        T: serde::Serialize,
    {
    }
    #[cfg(not(feature = "serde"))]
    fn argument() {}
    #[cfg(not(feature = "serde"))]
    fn value() {}
}

impl<T> UndemandedSerde<T> for DemandSerde<'_, T> {}

/// The shape of a type, or that of something unknown if it has none.
#[derive(Debug)]
pub struct Shaped<T>(PhantomData<fn() -> T>);

impl<T: Encode> Shaped<T> {
    /// Its own.
    pub const SHAPE: Shape = T::SHAPE;
}

/// Where [`Shaped`] goes for a type without a shape.
pub trait Unshaped {
    /// Something unknown.
    const SHAPE: Shape = Shape::OPAQUE;
}

impl<T> Unshaped for Shaped<T> {}

/// How a type is received, or something unknown if it is not.
#[derive(Debug)]
pub struct Received<'a, T>(PhantomData<(&'a (), T)>);

impl<'a, T: Decode<'a>> Received<'a, T> {
    /// Its own.
    pub const IS_SEQUENCE: bool = T::IS_SEQUENCE;
    /// Its own.
    pub const IS_PACKED: bool = T::IS_PACKED;
}

/// Where [`Received`] goes for a type that cannot be received.
pub trait Unreceived {
    /// It does not matter.
    const IS_SEQUENCE: bool = false;
    /// It does not matter.
    const IS_PACKED: bool = false;
}

impl<T> Unreceived for Received<'_, T> {}
