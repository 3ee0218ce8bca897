//! Types that implement `Encode` and `Decode` by hand.
#![cfg(all(feature = "alloc", feature = "repr"))]

#[path = "support/decoding.rs"]
mod decoding;
#[path = "support/encoding.rs"]
mod encoding;
mod support;

use std::thread;

use decoding::{repr, sole};
use serialtalk::proto::serve;
use serialtalk::{
    Commands, Decode, Decoder, Encode, Encoder, Field, IntegerType, Invalid, SerialTalk, Shape, Value,
    Variant,
};
use support::{clock, pair};

/// Packed as an array of six bytes, and decoded as bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mac([u8; 6]);

impl Encode for Mac {
    const SHAPE: &'static Shape = <[u8; 6]>::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.byte_array(&self.0)
    }
}

impl Decode<'_> for Mac {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        let bytes = decoder.bytes()?;
        bytes.try_into().map(Self).map_err(|_| decoder.wrong_length(6, bytes.len()))
    }
}

/// Packed as a `u8`, and decoded from any integer.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Percent(u8);

impl Encode for Percent {
    const SHAPE: &'static Shape = u8::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        self.0.encode(encoder)
    }
}

impl Decode<'_> for Percent {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        Ok(Self(decoder.integer(IntegerType::U64)?.min(100) as u8))
    }
}

/// Derived, with such a type in a field.
#[derive(Debug, Clone, Copy, PartialEq, serialtalk::Value)]
struct Lamp {
    level: Percent,
    at: i16,
}

#[serialtalk::interface]
trait Hand {
    fn mac(&mut self, mac: Mac) -> Mac;
    fn percent(&mut self, first: Percent, second: Percent) -> u16;
    fn lamp(&mut self, lamp: Lamp) -> Lamp;
    fn lamps(&mut self, lamps: [Lamp; 2], last: u8) -> i16;
}

struct Board;

impl Hand for Board {
    fn mac(&mut self, mac: Mac) -> Mac {
        mac
    }

    fn percent(&mut self, first: Percent, second: Percent) -> u16 {
        u16::from(first.0) * 256 + u16::from(second.0)
    }

    fn lamp(&mut self, lamp: Lamp) -> Lamp {
        lamp
    }

    fn lamps(&mut self, lamps: [Lamp; 2], last: u8) -> i16 {
        lamps[0].at + lamps[1].at + i16::from(last)
    }
}

#[test]
fn they_are_arguments_and_values_like_others() {
    let (host, board) = pair();
    let served = thread::spawn(|| SerialTalk::new(board, clock()).serve(HandServer::new(Board)).run());
    let mut hand = HandClient::new(SerialTalk::new(host, clock()));
    assert_eq!(hand.mac(Mac(*b"abcdef")).unwrap(), Mac(*b"abcdef"));
    assert_eq!(hand.percent(Percent(3), Percent(90)).unwrap(), 3 * 256 + 90);
    let lamp = Lamp { level: Percent(7), at: -400 };
    assert_eq!(hand.lamp(lamp).unwrap(), lamp);
    assert_eq!(hand.lamps([lamp, lamp], 5).unwrap(), -795);
    drop(hand);
    assert_eq!(served.join().unwrap(), Ok(()));
}

/// A struct, as the derive implements it.
#[derive(Debug, Clone, PartialEq)]
struct Pose {
    id: u8,
    position: (f32, f32),
}

impl Encode for Pose {
    const SHAPE: &'static Shape = &Shape::Struct(&[
        Field { name: "id", shape: u8::SHAPE },
        Field { name: "position", shape: <(f32, f32)>::SHAPE },
    ]);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.begin_struct("Pose")?;
        encoder.field("id")?;
        self.id.encode(encoder)?;
        encoder.field("position")?;
        self.position.encode(encoder)?;
        encoder.end_struct(2)
    }
}

impl<'a> Decode<'a> for Pose {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        let sequence = decoder.open()?;
        let pose = Self { id: decoder.element(0, 2)?, position: decoder.element(1, 2)? };
        decoder.close(sequence, 2)?;
        Ok(pose)
    }
}

/// An enum with data, as the derive implements it.
#[derive(Debug, Clone, PartialEq)]
enum Fault {
    Unknown,
    Moving { speed: i16 },
}

impl Encode for Fault {
    const SHAPE: &'static Shape = &Shape::Enum(&[
        Variant { name: "Unknown", fields: &[] },
        Variant { name: "Moving", fields: &[Field { name: "speed", shape: i16::SHAPE }] },
    ]);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        match self {
            Self::Unknown => {
                encoder.begin_variant("Unknown", 0)?;
                encoder.end_variant(0)
            }
            Self::Moving { speed } => {
                encoder.begin_variant("Moving", 1)?;
                encoder.field("speed")?;
                speed.encode(encoder)?;
                encoder.end_variant(1)
            }
        }
    }
}

impl<'a> Decode<'a> for Fault {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        match decoder.variant()? {
            ("Unknown", sequence) => {
                decoder.end_variant(sequence)?;
                Ok(Self::Unknown)
            }
            ("Moving", Some(sequence)) => {
                let speed = decoder.element(1, 2)?;
                decoder.close(sequence, 2)?;
                Ok(Self::Moving { speed })
            }
            ("Moving", None) => Err(decoder.wrong_length(2, 1)),
            _ => Err(decoder.unknown_variant("Fault")),
        }
    }
}

#[test]
fn structs_and_enums_cross_like_derived_ones() {
    let pose = Pose { id: 1, position: (0.5, -1.0) };
    assert_eq!(encoding::value(&pose), b"\x04<B2f\x01\0\0\0\x3f\0\0\x80\xbf");
    assert_eq!(encoding::text(&encoding::literal(&pose)), "(1, (0.5, -1.0))");
    for payload in [encoding::value(&pose), encoding::literal(&pose), repr("([1, [0.5, -1]],)")] {
        assert_eq!(sole(&payload).as_ref(), Ok(&pose));
    }
    for (fault, text) in
        [(Fault::Unknown, "('Unknown',)"), (Fault::Moving { speed: -3 }, "(('Moving', -3),)")]
    {
        assert_eq!(encoding::text(&encoding::value(&fault)), text);
        assert_eq!(sole(&repr(text)).as_ref(), Ok(&fault));
    }
    assert_eq!(sole::<Fault>(&repr("'Moving'")).unwrap_err(), "argument 1: expected 2 value(s), got 1");
    assert_eq!(sole::<Fault>(&repr("'Stuck'")).unwrap_err(), "argument 1: not a variant of Fault");
    assert_eq!(sole::<Mac>(&repr("(b'abc',)")).unwrap_err(), "argument 1: expected 6 value(s), got 3");
}

/// Refuses odd numbers without saying why.
#[derive(Debug)]
struct Even(u8);

impl Decode<'_> for Even {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        let number = u8::decode(decoder)?;
        if number % 2 == 0 { Ok(Self(number)) } else { Err(Invalid) }
    }
}

#[test]
fn a_value_that_is_refused_without_a_cause_is_an_error_reply() {
    let mut commands = Commands::new();
    commands.add("half", |number: Even| number.0 / 2).unwrap();
    for (argument, is_error, text) in [(8, false, "4"), (7, true, "'Command failed: invalid arguments'")] {
        let mut buffer = [0; 258];
        let served = serve(&mut commands, "half", &mut [1, b'B', argument], &mut buffer).unwrap();
        assert_eq!(
            (served.is_error, Value::from_payload(served.payload).to_string().as_str()),
            (is_error, text)
        );
    }
}
