//! What generated code demands of the types in a signature, once for each.

use core::marker::PhantomData;

use crate::codec::decode::Decode;
use crate::codec::encode::Encode;
use crate::codec::shape::{FormatText, Shape};

/// Demands of a type that it crosses as a value.
///
/// Every function exists twice: here for types that can be sent, and in [`Undemanded`] for those that cannot. So a type
/// that can neither be sent nor received is one error, not two.
#[derive(Debug)]
pub struct Demand<'a, T>(PhantomData<(&'a (), T)>);

impl<'a, T: Encode> Demand<'a, T> {
    /// Demands a type that may borrow from the frame.
    pub const fn argument()
    where
        T: Decode<'a>,
    {
    }

    /// Demands a type that outlives the frame.
    pub const fn value()
    where
        T: for<'b> Decode<'b>,
    {
    }
}

/// Stands in for [`Demand`] where a type cannot be sent.
pub trait Undemanded<T> {
    /// Demands a type that can be sent.
    fn argument()
    where
        T: Encode,
    {
    }

    /// Demands a type that can be sent.
    fn value()
    where
        T: Encode,
    {
    }
}

impl<T> Undemanded<T> for Demand<'_, T> {}

/// Demands of a type that serde takes it both ways.
#[derive(Debug)]
pub struct DemandSerde<'a, T>(PhantomData<(&'a (), T)>);

#[cfg(feature = "serde")]
impl<'a, T: serde::Serialize> DemandSerde<'a, T> {
    /// Demands a type that may borrow from the frame.
    pub const fn argument()
    where
        T: serde::Deserialize<'a>,
    {
    }

    /// Demands a type that outlives the frame.
    pub const fn value()
    where
        T: serde::de::DeserializeOwned,
    {
    }
}

/// Stands in for [`DemandSerde`] where serde cannot write a type. Without the feature `serde` the program does not
/// compile anyway.
pub trait UndemandedSerde<T> {
    /// Demands a type that serde can write.
    #[cfg(feature = "serde")]
    fn argument()
    where
        T: serde::Serialize,
    {
    }

    /// Demands a type that serde can write.
    #[cfg(feature = "serde")]
    fn value()
    where
        T: serde::Serialize,
    {
    }

    /// Demands nothing.
    #[cfg(not(feature = "serde"))]
    fn argument() {}

    /// Demands nothing.
    #[cfg(not(feature = "serde"))]
    fn value() {}
}

impl<T> UndemandedSerde<T> for DemandSerde<'_, T> {}

/// The shape of a type, or that of something unknown if the type has none.
///
/// The constants have names that no trait of the user's gives to all types: it would compete with [`Unshaped`].
#[derive(Debug)]
pub struct Shaped<T>(PhantomData<fn() -> T>);

impl<T: Encode> Shaped<T> {
    /// The shape of the type. The compiler shows this line where types contain each other.
    pub const __ST_SHAPE: &'static Shape = T::SHAPE; // a type that contains itself has none, and cannot cross the wire
    /// The encoding of the type by itself: found once for each type, however many arguments have it.
    pub const __ST_ENCODING: &'static str = Self::TEXT.as_str();
    const TEXT: &'static FormatText = &T::SHAPE.encoding();
}

/// Stands in for [`Shaped`] where a type has no shape.
pub trait Unshaped {
    /// The shape of something unknown.
    const __ST_SHAPE: &'static Shape = &Shape::Opaque;
    /// The encoding of something unknown.
    const __ST_ENCODING: &'static str = "repr";
}

impl<T> Unshaped for Shaped<T> {}

/// How a type is received, or something unknown if it is not.
#[derive(Debug)]
pub struct Decoded<'a, T>(PhantomData<(&'a (), T)>);

impl<'a, T: Decode<'a>> Decoded<'a, T> {
    /// Whether the type is a sequence.
    pub const IS_SEQUENCE: bool = T::IS_SEQUENCE;
}

/// Stands in for [`Decoded`] where a type cannot be received.
pub trait Undecoded {
    /// Nothing is known of the type.
    const IS_SEQUENCE: bool = false;
}

impl<T> Undecoded for Decoded<'_, T> {}
