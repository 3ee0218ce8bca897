//! Types that implement `Encode` and `Decode` by hand, as arguments that come in the format of their command.
#![cfg(all(feature = "alloc", feature = "repr"))]

mod support;

use std::thread;

use serialtalk::payload::literal::LiteralWriter;
use serialtalk::payload::pack::Pack;
use serialtalk::problem::IntegerType;
use serialtalk::reader::Reader;
use serialtalk::shape::Shape;
use serialtalk::{Decode, Encode, SerialTalk};
use support::{clock, pair};

/// Laid down as an array of six bytes, and read as bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mac([u8; 6]);

impl Encode for Mac {
    const SHAPE: Shape = <[u8; 6]>::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        self.0.pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        self.0.write(writer);
    }
}

impl Decode<'_> for Mac {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.bytes()?.try_into().ok().map(Self)
    }
}

/// Laid down as a `u8`, and read as whatever integer comes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Percent(u8);

impl Encode for Percent {
    const SHAPE: Shape = u8::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        self.0.pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        self.0.write(writer);
    }
}

impl Decode<'_> for Percent {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self(reader.integer(IntegerType::U64)?.min(100) as u8))
    }
}

/// Derived, with such a type in it.
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
fn they_are_read_as_they_ask() {
    let (host, board) = pair();
    let served = thread::spawn(|| SerialTalk::new(board, clock()).serve(HandServer::new(Board)).run().err());
    let mut hand = HandClient::new(SerialTalk::new(host, clock()));
    assert_eq!(hand.mac(Mac(*b"abcdef")).unwrap(), Mac(*b"abcdef"));
    assert_eq!(hand.percent(Percent(3), Percent(90)).unwrap(), 3 * 256 + 90);
    let lamp = Lamp { level: Percent(7), at: -400 };
    assert_eq!(hand.lamp(lamp).unwrap(), lamp);
    assert_eq!(hand.lamps([lamp, lamp], 5).unwrap(), -795);
    drop(hand);
    assert!(served.join().unwrap().is_some());
}
