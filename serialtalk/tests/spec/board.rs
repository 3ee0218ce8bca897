//! The board of the examples, written as the macro would write it.

use serialtalk::__private as st;
use serialtalk::payload::literal::LiteralWriter;
use serialtalk::payload::pack::Pack;
use serialtalk::problem::ProblemKind;
use serialtalk::reader::Reader;
use serialtalk::shape::Shape;
use serialtalk::{Decode, Encode};

/// Serves `mult`, `imu`, `led`, `name`, `fill` and `calibrate`.
pub(crate) struct Board;

/// What `calibrate` fails with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    Moving { speed: u8 },
}

impl Encode for Fault {
    const SHAPE: Shape = Shape::variants(&[("Moving", &[u8::SHAPE])]);

    fn pack(&self, packer: &mut impl Pack) {
        packer.unpackable();
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        let Self::Moving { speed } = self;
        ("Moving", speed).write(writer);
    }
}

impl<'a> Decode<'a> for Fault {
    const IS_SEQUENCE: bool = true;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        let ("Moving", Some(fields)) = reader.variant()? else {
            return reader.fail(ProblemKind::UnknownVariant("Fault"));
        };
        let speed = reader.element(fields, 2)?;
        reader.close(fields, 2)?;
        Some(Self::Moving { speed })
    }
}

const NAMES: [&str; 6] = ["mult", "imu", "led", "name", "fill", "calibrate"];

impl st::Catalog for Board {
    const NAMES: st::Names = st::Names::List(&NAMES);

    fn count(&self) -> usize {
        NAMES.len()
    }

    fn name(&self, number: usize) -> Option<&str> {
        NAMES.get(number).copied()
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        NAMES.iter().position(|known| known.as_bytes() == name)
    }
}

impl st::Service for Board {
    fn serve(&mut self, number: usize, call: st::Call<'_>, reply: &mut st::Reply<'_>) {
        let mut arguments = call.arguments();
        match NAMES[number] {
            "mult" => {
                let (a, b) = (arguments.take::<f32>(), arguments.take::<f32>());
                match (a, b, arguments.finish(2)) {
                    (Some(a), Some(b), Ok(())) => reply.value().sole(&(a * b), "f"),
                    _ => reply.refuse(&mut arguments, 2, "a,b"),
                }
            }
            "led" => {
                let hue = arguments.take_sole::<u16>();
                if hue.is_none() || arguments.finish(1).is_err() {
                    reply.refuse(&mut arguments, 1, "hue");
                }
            }
            "fill" => match (arguments.take_sole::<u16>(), arguments.finish(1)) {
                (Some(count), Ok(())) => reply.value().sole(&"x".repeat(count.into()), ""),
                _ => reply.refuse(&mut arguments, 1, "count"),
            },
            _ if arguments.finish(0).is_err() => reply.refuse(&mut arguments, 0, ""),
            "imu" => reply.value().sole(&(0.0f32, 0.125f32, 9.75f32), "3f"),
            "name" => reply.value().sole("R2", ""),
            _ => reply.fail_with(&Fault::Moving { speed: 3 }),
        }
    }
}
