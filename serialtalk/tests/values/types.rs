//! Types of a user, implemented as the derive does it.

use serialtalk::payload::literal::LiteralWriter;
use serialtalk::payload::pack::Pack;
use serialtalk::problem::{Integer, IntegerType, Problem};
use serialtalk::reader::Reader;
use serialtalk::shape::Shape;
use serialtalk::{Decode, Encode};

/// A struct, as the derive would do it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Imu {
    pub(crate) id: u8,
    pub(crate) position: (f32, f32),
}

impl Encode for Imu {
    const SHAPE: Shape = Shape::tuple(&[u8::SHAPE, <(f32, f32)>::SHAPE]);

    fn pack(&self, packer: &mut impl Pack) {
        self.id.pack(packer);
        self.position.pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.open(b'(');
        writer.element();
        self.id.write(writer);
        writer.element();
        self.position.write(writer);
        writer.close_tuple(2);
    }
}

impl<'a> Decode<'a> for Imu {
    const IS_SEQUENCE: bool = true;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        let sequence = reader.open()?;
        let id = reader.element(2)?;
        let position = reader.element(2)?;
        reader.close(sequence, 2)?;
        Some(Self { id, position })
    }
}

/// An enum without data: an integer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    Idle = 0,
    Run = 5,
}

impl Encode for Mode {
    const SHAPE: Shape = u8::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        (*self as u8).pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        (*self as u8).write(writer);
    }
}

impl<'a> Decode<'a> for Mode {
    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        let value = reader.integer(IntegerType::U8)?;
        match value {
            0 => Some(Self::Idle),
            5 => Some(Self::Run),
            magnitude => {
                let value = Integer { negative: false, magnitude };
                reader.fail(Problem::no_variant(value, "Mode"))
            }
        }
    }
}

/// An enum with data: its variant's name, and its fields behind that.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fault {
    Unknown,
    Moving { speed: i16 },
    Text(String, Vec<u16>),
}

impl Encode for Fault {
    const SHAPE: Shape = Shape::variants(&[
        ("Unknown", &[]),
        ("Moving", &[i16::SHAPE]),
        ("Text", &[String::SHAPE, <Vec<u16>>::SHAPE]),
    ]);

    fn pack(&self, packer: &mut impl Pack) {
        packer.unpackable();
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        match self {
            Self::Unknown => writer.text("Unknown"),
            Self::Moving { speed } => ("Moving", speed).write(writer),
            Self::Text(text, list) => ("Text", text, list).write(writer),
        }
    }
}

impl<'a> Decode<'a> for Fault {
    const IS_SEQUENCE: bool = true;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        match reader.variant()? {
            ("Unknown", None) => Some(Self::Unknown),
            ("Unknown", Some(fields)) => {
                reader.close(fields, 1)?;
                Some(Self::Unknown)
            }
            ("Moving", Some(fields)) => {
                let speed = reader.element(2)?;
                reader.close(fields, 2)?;
                Some(Self::Moving { speed })
            }
            ("Text", Some(fields)) => {
                let fault = Self::Text(reader.element(3)?, reader.element(3)?);
                reader.close(fields, 3)?;
                Some(fault)
            }
            _ => reader.fail(Problem::unknown_variant("Fault")),
        }
    }
}
