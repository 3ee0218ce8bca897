//! Types that have, or use, the name of one that contains them, and do not contain themselves.

use core::marker::PhantomData;

use serialtalk::{Decode, Decoder, Encode, Encoder, Invalid, Shape, Value};

mod driver {
    #[derive(serialtalk::Value, Debug, PartialEq)]
    pub struct Imu {
        pub x: f32,
    }
}

#[derive(Value, Debug, PartialEq)]
pub struct Imu {
    pub raw: driver::Imu,
    pub scale: f32,
}

/// The number of a `T`.
#[derive(Debug, PartialEq)]
pub struct Number<T>(u16, PhantomData<T>);

impl<T> Encode for Number<T> {
    const SHAPE: &'static Shape = u16::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        self.0.encode(encoder)
    }
}

impl<T> Decode<'_> for Number<T> {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        u16::decode(decoder).map(|number| Self(number, PhantomData))
    }
}

#[derive(Value, Debug, PartialEq)]
pub struct Node {
    pub value: u8,
    pub next: Option<Number<Node>>,
}

/// A type that is made of another.
pub trait Made {
    /// What it is made of.
    type Part;
}

impl Made for Cell {
    type Part = u8;
}

#[derive(Value, Debug, PartialEq)]
pub struct Cell {
    pub part: <Cell as Made>::Part,
}

#[serialtalk::interface]
pub trait Robot {
    fn imu(&mut self) -> Imu;
    fn node(&mut self) -> Node;
    fn cell(&mut self) -> Cell;
}

fn main() {}
