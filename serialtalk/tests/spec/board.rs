//! The board of the examples, written as the macro would write it.

use serialtalk::__private as st;
use serialtalk::payload::literal::LiteralWriter;
use serialtalk::payload::pack::Pack;
use serialtalk::problem::Problem;
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
            return reader.fail(Problem::unknown_variant("Fault"));
        };
        let speed = reader.element(2)?;
        reader.close(fields, 2)?;
        Some(Self::Moving { speed })
    }
}

const NAMES: [&str; 6] = ["mult", "imu", "led", "name", "fill", "calibrate"];

static EXPECTED: [st::Expected; 6] = [
    st::expected!("2f", b"\x01a\x01b"),
    st::expected!("z", b""),
    st::expected!("H", b"\x03hue"),
    st::expected!("z", b""),
    st::expected!("H", b"\x05count"),
    st::expected!("z", b""),
];

impl st::Catalog for Board {
    const NAMES: st::Names = st::Names::List(&NAMES);

    fn count(&self) -> usize {
        NAMES.len()
    }

    fn name(&self, number: usize) -> &[u8] {
        NAMES.get(number).map_or(b"", |name| name.as_bytes())
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        NAMES.iter().position(|known| known.as_bytes() == name)
    }
}

impl st::Service for Board {
    fn serve(&mut self, number: usize, call: st::Call<'_>, reply: &mut st::Reply<'_>) {
        let mut place = None;
        let Some(expected) = EXPECTED.get(number) else { return };
        let arguments = call.arguments_in(&mut place, expected);
        match NAMES[number] {
            "mult" => {
                let (a, b) = (arguments.take::<f32>(), arguments.take::<f32>());
                if let (Some(a), Some(b), true) = (a, b, reply.accepts(arguments)) {
                    reply.value().sole(&(a * b), "f");
                }
            }
            "led" => {
                let _hue = arguments.take_sole::<u16>();
                reply.accepts(arguments);
            }
            "fill" => {
                let count = arguments.take_sole::<u16>();
                if let (Some(count), true) = (count, reply.accepts(arguments)) {
                    reply.value().sole(&"x".repeat(count.into()), "");
                }
            }
            _ if !reply.accepts(arguments) => {}
            "imu" => reply.value().sole(&(0.0f32, 0.125f32, 9.75f32), "3f"),
            "name" => reply.value().sole("R2", ""),
            _ => reply.fail_with(&Fault::Moving { speed: 3 }),
        }
    }
}
