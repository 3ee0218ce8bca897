//! Rust values into payloads and back, by every way that their types allow.
#![cfg(all(feature = "repr", feature = "alloc"))]

mod reading;
mod writing;

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;
use reading::{repr, sole, under};
use serialtalk::error::Unsendable;
use serialtalk::payload::literal::LiteralWriter;
use serialtalk::payload::pack::{Pack, PackProblem};
use serialtalk::problem::{IntegerType, ProblemKind};
use serialtalk::reader::Reader;
use serialtalk::shape::Shape;
use serialtalk::{Decode, Encode, Value, args};
use writing::{in_python, literal_arguments, literal_sole, packed_sole, payload, text};

/// A struct, as the derive would do it.
#[derive(Debug, Clone, PartialEq)]
struct Imu {
    id: u8,
    position: (f32, f32),
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
        let id = reader.element(sequence, 2)?;
        let position = reader.element(sequence, 2)?;
        reader.close(sequence, 2)?;
        Some(Self { id, position })
    }
}

/// An enum without data: an integer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mode {
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
        let value = reader.integer(IntegerType { bits: 8, signed: false })?;
        match value.magnitude {
            0 => Some(Self::Idle),
            5 => Some(Self::Run),
            _ => reader.fail(ProblemKind::NoVariant { value, target: "Mode" }),
        }
    }
}

/// An enum with data: its variant's name, and its fields behind that.
#[derive(Debug, Clone, PartialEq)]
enum Fault {
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
                let speed = reader.element(fields, 2)?;
                reader.close(fields, 2)?;
                Some(Self::Moving { speed })
            }
            ("Text", Some(fields)) => {
                let fault = Self::Text(reader.element(fields, 3)?, reader.element(fields, 3)?);
                reader.close(fields, 3)?;
                Some(fault)
            }
            _ => reader.fail(ProblemKind::UnknownVariant("Fault")),
        }
    }
}

fn format<T: Encode + ?Sized>() -> String {
    T::SHAPE.format().as_str().to_owned()
}

/// Comes back from every payload that it can be sent in, alone and as one of several.
#[track_caller]
fn round_trip<T: Encode + for<'a> Decode<'a> + PartialEq + Debug + Clone>(value: T) {
    let both = (value.clone(), 7u8);
    if T::SHAPE.is_fixed() && !T::SHAPE.is_nothing() {
        assert_eq!(sole(&packed_sole(&value)).as_ref(), Ok(&value), "packed");
        assert_eq!(sole(&writing::arguments(&(value.clone(),))).as_ref(), Ok(&value), "packed");
        assert_eq!(
            reading::arguments(&writing::arguments(&both)).as_ref(),
            Ok(&both),
            "packed, first of two"
        );
    }
    let literal = literal_sole(&value);
    assert_eq!(sole(&literal).as_ref(), Ok(&value), "{}", text(&literal));
    assert!(literal.starts_with(b"\x04repr("));
    let literal = literal_arguments(&(value.clone(),));
    assert_eq!(sole(&literal).as_ref(), Ok(&value), "{}", text(&literal));
    let literal = literal_arguments(&both);
    assert_eq!(reading::arguments(&literal).as_ref(), Ok(&both), "{}", text(&literal));
    // Nested in everything that can hold it.
    let nested = (Some(vec![value.clone()]), BTreeMap::from([(1u8, (value.clone(),))]), [Box::new(value)]);
    let literal = literal_sole(&nested);
    assert_eq!(sole(&literal).as_ref(), Ok(&nested), "{}", text(&literal));
}

#[test]
fn formats_are_what_every_peer_reads() {
    assert_eq!(format::<u8>(), "B");
    assert_eq!(format::<bool>(), "B");
    assert_eq!(format::<(i8, u16, i16, u32, i32, u64, i64)>(), "<bHhIiQq");
    assert_eq!(format::<(f32, f64)>(), "<fd");
    assert_eq!(format::<(f64, f32)>(), "df");
    assert_eq!(format::<(f32, f32, f32)>(), "3f");
    assert_eq!(format::<[f32; 3]>(), "3f");
    assert_eq!(format::<(u8, bool)>(), "2B");
    assert_eq!(format::<(i32, i16, i16)>(), "i2h");
    assert_eq!(format::<(u8, i32)>(), "<Bi");
    assert_eq!(format::<(i32, u8)>(), "iB");
    assert_eq!(format::<[u8; 5]>(), "5s");
    assert_eq!(format::<([u8; 3], u8)>(), "3sB");
    assert_eq!(format::<([u8; 3], u16)>(), "<3sH");
    assert_eq!(format::<([u8; 4], u32)>(), "4sI");
    assert_eq!(format::<([u8; 1], [u8; 1])>(), "ss");
    assert_eq!(format::<[u8; 0]>(), "0s");
    assert_eq!(format::<[(u8, i8); 2]>(), "BbBb");
    assert_eq!(format::<Imu>(), "<B2f");
    assert_eq!(format::<[Mode; 12]>(), "12B");
    assert_eq!(format::<()>(), "");
    assert_eq!(format::<(u8, ())>(), "", "what has no byte has no place in a struct");
    assert!(!<(u8, ())>::SHAPE.is_fixed() && <()>::SHAPE.is_fixed());
    assert!(<(u8, ())>::SHAPE.agrees_with("B").is_err());
    for format in [
        format::<str>(),
        format::<char>(),
        format::<Option<u8>>(),
        format::<Vec<u8>>(),
        format::<heapless::Vec<u8, 3>>(),
        format::<(u8, [u16; 2], String)>(),
        format::<u128>(),
        format::<BTreeMap<u8, u8>>(),
        format::<Fault>(),
        format::<Value>(),
    ] {
        assert_eq!(format, "", "no struct");
    }
}

#[test]
fn the_shortest_payload_is_no_longer_than_any() {
    #[track_caller]
    fn check<T: Encode>(shortest: &T) {
        let payload = writing::arguments(shortest);
        let least = T::SHAPE.shortest_payload();
        assert!(least <= payload.len(), "{least} bytes, but {payload:?}");
        if T::SHAPE.is_fixed() || T::SHAPE.is_tuple() {
            assert_eq!(least, payload.len(), "{payload:?}");
        }
    }
    check(&0u8);
    check(&());
    check(&(1.0f32, 2u8));
    check(&[0u8; 9]);
    check(&[[0u16; 3]; 2]);
    check(&("", 0u8));
    check(&("",));
    check(&(Some(0u64), Some(String::new()), None::<[u8; 20]>));
    check(&(0u8, ()));
    check(&[(); 3]);
    check(&(0u128, Vec::<u16>::new(), BTreeMap::<u8, u8>::new()));
    check(&(Vec::<u8>::new(), 0.0f64));
    check(&Fault::Unknown);
    check(&(Fault::Unknown, ((), ((),))));
    assert!(<[u64; 300]>::SHAPE.shortest_payload() > 255);
    assert!(<[String; 1000]>::SHAPE.shortest_payload() > 255);
}

#[test]
fn shapes_that_differ_on_the_wire_have_different_hashes() {
    let hashes = [
        u8::SHAPE,
        i8::SHAPE,
        u16::SHAPE,
        f32::SHAPE,
        u128::SHAPE,
        i128::SHAPE,
        str::SHAPE,
        <[u8]>::SHAPE,
        <[u8; 2]>::SHAPE,
        <[u8; 3]>::SHAPE,
        <[u16]>::SHAPE,
        <[u16; 2]>::SHAPE,
        <Option<u8>>::SHAPE,
        <Option<Option<u8>>>::SHAPE,
        <(u8,)>::SHAPE,
        <(u8, u16)>::SHAPE,
        <(u16, u8)>::SHAPE,
        <((u8, u16),)>::SHAPE,
        <BTreeMap<u8, u16>>::SHAPE,
        <BTreeMap<u16, u8>>::SHAPE,
        Fault::SHAPE,
        Value::SHAPE,
        <()>::SHAPE,
    ]
    .map(|shape| shape.hash());
    for (at, hash) in hashes.iter().enumerate() {
        assert!(!hashes[..at].contains(hash), "number {at}");
    }
    assert_eq!(<(f32, f32)>::SHAPE.hash(), <[f32; 2]>::SHAPE.hash(), "the same on the wire");
    assert_eq!(String::SHAPE.hash(), str::SHAPE.hash());
    assert_eq!(Mode::SHAPE.hash(), u8::SHAPE.hash());
}

#[test]
fn a_chosen_format_must_hold_every_value() {
    type Three = (u8, i16, f32);
    for format in
        ["<Bhf", "<hhd", "<2hd", "<xBxhxf", "!bhf".replace('b', "h").as_str(), "hhf", "Bxhf", ">qqd"]
    {
        assert_eq!(<Three>::SHAPE.agrees_with(format), Ok(()), "{format}");
    }
    let cannot = Err("a code of this format cannot hold every value of its type");
    for format in ["<bhf", "<BHf", "<Bhh", "<fhf", "<Bbf", "<3si", "<Bhs"] {
        assert_eq!(<Three>::SHAPE.agrees_with(format), cannot, "{format}");
    }
    assert_eq!(<Three>::SHAPE.agrees_with("<Bh"), Err("this format packs fewer values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with(""), Err("this format packs fewer values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with("<Bhff"), Err("this format packs more values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with("<Bhfx3s"), Err("this format packs more values than there are"));
    assert_eq!(<Three>::SHAPE.agrees_with("<Bhf0Bx"), Ok(()));
    let padding = Err("this format needs padding, which not every peer adds: put `<` before it");
    assert_eq!(<Three>::SHAPE.agrees_with("Bhf"), padding);
    let unreadable =
        Err("not every peer can read this format: use b B h H i I q Q f d s x, behind `<`, `>` or nothing");
    for format in ["=Bhf", "@Bhf", "<B h f", "<Bhl", "<Bhe", "<?hf", "<Bhf3", "<Bhé"] {
        assert_eq!(<Three>::SHAPE.agrees_with(format), unreadable, "{format}");
    }
    assert_eq!(<([u8; 3], u8)>::SHAPE.agrees_with("3sB"), Ok(()));
    assert_eq!(<([u8; 3], u8)>::SHAPE.agrees_with("4sB"), cannot);
    assert_eq!(<(u64, u8)>::SHAPE.agrees_with("<qB"), cannot);
    assert_eq!(<[i8; 3]>::SHAPE.agrees_with("3b"), Ok(()));
    assert_eq!(<[i8; 3]>::SHAPE.agrees_with("<bhi"), Ok(()));
    assert_eq!(str::SHAPE.agrees_with("10s"), Ok(()));
    assert_eq!(<(&str, u8)>::SHAPE.agrees_with("10sB"), Ok(()));
    assert_eq!(<(&[u8], u8)>::SHAPE.agrees_with("10sB"), Ok(()));
    assert_eq!(
        <Option<u8>>::SHAPE.agrees_with("B"),
        Err("a value of this type has no place in a struct: use `repr`")
    );
    assert_eq!(
        u128::SHAPE.agrees_with("Q"),
        Err("a value of this type has no place in a struct: use `repr`")
    );
}

#[test]
fn values_travel_as_their_types_say() {
    assert_eq!(writing::arguments(&()), b"\x01z");
    assert_eq!(writing::arguments(&(5.5f32, 94.0f32)), b"\x022f\0\0\xb0\x40\0\0\xbc\x42");
    assert_eq!(writing::arguments(&(7u8, -1i32)), b"\x03<Bi\x07\xff\xff\xff\xff");
    assert_eq!(writing::arguments(&7u8), b"\x01B\x07");
    assert_eq!(writing::arguments(&(true, *b"ab")), b"\x03B2s\x01ab");
    assert_eq!(writing::arguments("it's"), b"\x04repr(\"it's\",)");
    assert_eq!(writing::arguments(&("a", Some(1u8), None::<u8>)), b"\x04repr('a', 1, None)");
    assert_eq!(writing::arguments(&Imu { id: 1, position: (0.0, 1.0) }), b"\x04<B2f\x01\0\0\0\0\0\0\x80\x3f");
    assert_eq!(packed_sole(&()), b"\0");
    assert_eq!(packed_sole(&[0u16; 0]), b"\0");
    assert_eq!(packed_sole(&Mode::Run), b"\x01B\x05");
    assert_eq!(packed_sole(&'é'), "\x04repr('é',)".as_bytes());
    assert_eq!(literal_sole(&(1u8, "x")), b"\x04repr(1, 'x')", "a tuple is the list of values");
    assert_eq!(literal_sole(&(1u8,)), b"\x04repr((1,),)", "but of one it stays a tuple");
    assert_eq!(literal_sole(&[1u16]), b"\x04repr((1,),)");
    assert_eq!(literal_sole(&[1u16, 2]), b"\x04repr(1, 2)");
    assert_eq!(literal_sole(&vec![1u16, 2]), b"\x04repr([1, 2],)");
    assert_eq!(literal_sole(b"ab"), b"\x04repr(b'ab',)");
    assert_eq!(literal_sole(&vec![1u8, 2]), b"\x04repr(b'\\x01\\x02',)");
    assert_eq!(literal_sole(&Some((1u8, 2u8))), b"\x04repr((1, 2),)");
    assert_eq!(literal_sole(&None::<(u8, u8)>), b"\x04repr(None,)");
    assert_eq!(literal_sole(&BTreeMap::from([("k", 1u8)])), b"\x04repr({'k': 1},)");
    assert_eq!(literal_sole(&Fault::Unknown), b"\x04repr('Unknown',)");
    assert_eq!(literal_sole(&Fault::Moving { speed: -3 }), b"\x04repr(('Moving', -3),)");
    assert_eq!(literal_sole(&true), b"\x04repr(True,)");
}

#[test]
fn python_gets_the_same_value() {
    assert_eq!(in_python(&packed_sole(&(1u8, -2i16))), "(1, -2)");
    assert_eq!(in_python(&literal_sole(&(1u8, -2i16))), "(1, -2)");
    assert_eq!(in_python(&packed_sole(&Imu { id: 1, position: (0.5, 1.0) })), "(1, 0.5, 1.0)");
    assert_eq!(in_python(&literal_sole(&Imu { id: 1, position: (0.5, 1.0) })), "(1, (0.5, 1.0))");
    assert_eq!(in_python(&literal_sole(&(1u8,))), "(1,)");
    assert_eq!(in_python(&literal_sole(&vec![1u16])), "[1]");
    assert_eq!(in_python(&literal_sole("a")), "'a'");
    assert_eq!(in_python(&literal_sole(b"a")), "b'a'");
    assert_eq!(in_python(&packed_sole(b"a")), "b'a'");
    assert_eq!(in_python(&literal_sole(&Fault::Moving { speed: -3 })), "('Moving', -3)");
}

#[test]
fn enums_say_what_they_are_not() {
    assert_eq!(sole(&repr("(5,)")), Ok(Mode::Run));
    assert_eq!(sole(&under("i", &[5, 0, 0, 0])), Ok(Mode::Run));
    assert_eq!(sole::<Mode>(&repr("(3,)")).unwrap_err(), "argument 1: 3 is no variant of Mode");
    assert_eq!(sole::<Mode>(&repr("(300,)")).unwrap_err(), "argument 1: 300 does not fit u8 (0 to 255)");
    assert_eq!(sole::<Mode>(&repr("('Run',)")).unwrap_err(), "argument 1: expected an integer, got text");

    for payload in ["('Unknown',)", "(('Unknown',),)", "(['Unknown'],)", "'Unknown'", "(b'Unknown',)"] {
        assert_eq!(sole(&repr(payload)), Ok(Fault::Unknown), "{payload}");
    }
    for payload in ["('Moving', 3)", "(('Moving', 3),)", "(['Moving', 3],)"] {
        assert_eq!(sole(&repr(payload)), Ok(Fault::Moving { speed: 3 }), "{payload}");
    }
    let other = "argument 1: not a variant of Fault";
    for payload in ["('Stuck',)", "'Moving'", "(('Stuck', 3),)", "('',)"] {
        assert_eq!(sole::<Fault>(&repr(payload)).unwrap_err(), other, "{payload}");
    }
    assert_eq!(sole::<Fault>(&repr("(5,)")).unwrap_err(), "argument 1: expected text, got an integer");
    assert_eq!(sole::<Fault>(&repr("((),)")).unwrap_err(), "argument 1: expected 1 value");
    assert_eq!(sole::<Fault>(&repr("('Moving',)")).unwrap_err(), "argument 1: expected 2 values");
    assert_eq!(sole::<Fault>(&repr("('Moving', 3, 4)")).unwrap_err(), "argument 1: expected 2 values");
    assert_eq!(sole::<Fault>(&repr("('Unknown', 3)")).unwrap_err(), "argument 1: expected 1 value");
    assert_eq!(
        sole::<Fault>(&repr("(('Moving', 'x'),)")).unwrap_err(),
        "argument 1: expected an integer, got text"
    );
}

/// Formats that are chosen by hand.
mod chosen {
    use super::*;

    fn under(format: &str, values: serialtalk::dynamic::Arguments) -> Result<Vec<u8>, String> {
        payload(|payload| payload.dynamic(&values, format)).map_err(|problem| match problem {
            Unsendable::Values(problem) => problem.to_string(),
            other => other.to_string(),
        })
    }

    #[test]
    fn values_are_packed_under_their_codes() {
        assert_eq!(under("<if", args![3, 0.5]).as_deref(), Ok(b"\x03<if\x03\0\0\0\0\0\0\x3f".as_slice()));
        assert_eq!(
            under("ihh", args![-1, 2, 3]).as_deref(),
            Ok(b"\x03ihh\xff\xff\xff\xff\x02\0\x03\0".as_slice())
        );
        assert_eq!(under(">hB", args![258, true]).as_deref(), Ok(b"\x03>hB\x01\x02\x01".as_slice()));
        assert_eq!(under("!d", args![1.0]).as_deref(), Ok(b"\x02!d\x3f\xf0\0\0\0\0\0\0".as_slice()));
        assert_eq!(under("2B", args![1, 2]).as_deref(), Ok(b"\x022B\x01\x02".as_slice()));
        assert_eq!(
            under("2B", args![[1, 2]]).as_deref(),
            Ok(b"\x022B\x01\x02".as_slice()),
            "lists are flattened"
        );
        assert_eq!(under("xB2x", args![9]).as_deref(), Ok(b"\x04xB2x\0\x09\0\0".as_slice()));
        assert_eq!(under("5s", args!["abc"]).as_deref(), Ok(b"\x025sabc\0\0".as_slice()));
        assert_eq!(under("3sB", args![b"abc", 1]).as_deref(), Ok(b"\x033sBabc\x01".as_slice()));
        assert_eq!(under("0s", args![""]).as_deref(), Ok(b"\x020s".as_slice()));
        assert_eq!(under("f", args![3]).as_deref(), Ok(b"\x01f\0\0\x40\x40".as_slice()));
        assert_eq!(under("f", args![0.1]).as_deref(), Ok(b"\x01f\xcd\xcc\xcc\x3d".as_slice()), "rounded");
        assert_eq!(under("f", args![f64::INFINITY]).as_deref(), Ok(b"\x01f\0\0\x80\x7f".as_slice()));
        assert_eq!(under("d", args![-3]).as_deref(), Ok(b"\x01d\0\0\0\0\0\0\x08\xc0".as_slice()));
        assert_eq!(
            under("Q", args![u64::MAX]).as_deref(),
            Ok(b"\x01Q\xff\xff\xff\xff\xff\xff\xff\xff".as_slice())
        );
        assert_eq!(under("", args![]).as_deref(), Ok(b"\0".as_slice()));
        assert_eq!(under("x", args![]).as_deref(), Ok(b"\x01x\0".as_slice()));
        assert_eq!(under("0B", args![]).as_deref(), Ok(b"\x020B".as_slice()));
    }

    #[test]
    fn literals_and_raw_bytes_have_formats_of_their_own() {
        assert_eq!(under("repr", args![1, "a"]).as_deref(), Ok(b"\x04repr(1, 'a')".as_slice()));
        assert_eq!(under("repr", args![[1]]).as_deref(), Ok(b"\x04repr([1],)".as_slice()));
        assert_eq!(under("repr", args![]).as_deref(), Ok(b"\x01z".as_slice()));
        assert_eq!(under("raw", args![b"abc"]).as_deref(), Ok(b"\x03rawabc".as_slice()));
        assert_eq!(under("raw", args!["é"]).as_deref(), Ok("\x03rawé".as_bytes()));
        assert_eq!(under("raw", args![]).as_deref(), Ok(b"\x03raw".as_slice()));
        for values in [args![1], args![1.0], args![()], args![1.0f32]] {
            assert!(under("raw", values).is_err());
        }
    }

    #[test]
    fn nothing_is_changed_to_make_it_fit() {
        let cannot =
            |number: u16, code: char| format!("value {number} does not fit the format code `{code}`");
        for (format, value) in [("B", 256), ("B", -1), ("b", 128), ("b", -129), ("H", 65536), ("h", 32768)] {
            let code = format.chars().next().unwrap();
            assert_eq!(under(format, args![value]).unwrap_err(), cannot(1, code), "{value}");
        }
        assert_eq!(under("<Bi", args![1, 1i64 << 31]).unwrap_err(), cannot(2, 'i'));
        assert_eq!(under("Q", args![-1]).unwrap_err(), cannot(1, 'Q'));
        assert_eq!(under("q", args![1u64 << 63]).unwrap_err(), cannot(1, 'q'));
        assert_eq!(under("Q", args![1i128 << 64]).unwrap_err(), cannot(1, 'Q'));
        assert_eq!(under("q", args![i128::MIN]).unwrap_err(), cannot(1, 'q'));
        assert_eq!(under("i", args![1.0]).unwrap_err(), cannot(1, 'i'));
        assert_eq!(under("f", args![16_777_217]).unwrap_err(), cannot(1, 'f'));
        assert_eq!(under("f", args![1e39]).unwrap_err(), cannot(1, 'f'));
        assert_eq!(under("d", args![(1i64 << 53) + 1]).unwrap_err(), cannot(1, 'd'));
        assert_eq!(under("d", args![1i128 << 64]).unwrap_err(), cannot(1, 'd'));
        assert_eq!(under("2s", args!["abc"]).unwrap_err(), cannot(1, 's'));
        assert_eq!(under("B", args!["a"]).unwrap_err(), cannot(1, 'B'));
        assert_eq!(under("2s", args![5]).unwrap_err(), cannot(1, 's'));
        assert_eq!(under("2s", args![0.5f32]).unwrap_err(), cannot(1, 's'));
        assert_eq!(under("B", args![()]).unwrap_err(), cannot(1, 'B'));
        assert_eq!(
            under("B", args![1, 2]).unwrap_err(),
            "there are more values than the 1 that the format takes"
        );
        assert_eq!(
            under("", args![1]).unwrap_err(),
            "there are more values than the 0 that the format takes"
        );
        assert_eq!(under("3B", args![1, 2]).unwrap_err(), "the format takes more values than the 2 given");
        assert_eq!(under("65535B", args![1]).unwrap_err(), "the format takes more values than the 1 given");
    }

    #[test]
    fn formats_that_some_peer_cannot_read_are_refused() {
        let cannot = |code: &str| {
            format!(
                "not every peer can read `{code}` in a format, use b B h H i I q Q f d s x behind `<`, `>` or nothing"
            )
        };
        for (format, code) in [
            ("=B", "="),
            ("@B", "@"),
            ("?", "?"),
            ("l", "l"),
            ("L", "L"),
            ("e", "e"),
            ("n", "n"),
            ("P", "P"),
            ("c", "c"),
            ("p", "p"),
            ("O", "O"),
            ("S", "S"),
            ("z", "z"),
            ("B B", " "),
            ("B\n", "\n"),
            ("<<B", "<"),
            ("3", "\0"),
        ] {
            assert_eq!(under(format, args![1]).unwrap_err(), cannot(code), "{format}");
        }
        let padding = "the format needs padding, which not every peer adds, put `<` before it";
        assert_eq!(under("Bi", args![1, 2]).unwrap_err(), padding);
        assert_eq!(under("3sH", args!["a", 2]).unwrap_err(), padding);
        assert_eq!(under("B0i", args![1]).unwrap_err(), padding);
    }

    #[test]
    fn what_is_too_long_is_counted() {
        assert_eq!(
            under("252s", args![""]).unwrap_err(),
            "a frame of 262 bytes is too long, at most 258 can be sent"
        );
        assert_eq!(under("248s", args![""]).map(|payload| payload.len()), Ok(253));
        assert_eq!(
            under("249s", args![""]).unwrap_err(),
            "a frame of 259 bytes is too long, at most 258 can be sent"
        );
        let long = "B".repeat(300);
        assert_eq!(
            under(&long, args![vec![0u8; 300]]).unwrap_err(),
            "a frame of 606 bytes is too long, at most 258 can be sent"
        );
        assert!(under("65535s", args![""]).is_err());
        assert!(under(&"65535x".repeat(40), args![]).is_err());
        let numbers = vec![1000u16; 60];
        let error = payload(|payload| {
            payload.literal_sole(&numbers);
            Ok(())
        });
        assert_eq!(
            error.unwrap_err().to_string(),
            "a frame of 373 bytes is too long, at most 258 can be sent"
        );
    }

    #[test]
    fn types_are_packed_alike() {
        let typed = |format: &str, write: fn(&mut serialtalk::payload::pack::ByFormat<'_, '_, '_>)| {
            payload(|payload| payload.by_format(format, write))
        };
        assert_eq!(
            typed(">fd", |to| (0.5f32, 0.5f32).pack(to)),
            Ok(b"\x03>fd\x3f\0\0\0\x3f\xe0\0\0\0\0\0\0".into())
        );
        assert_eq!(typed("<bq", |to| (-1i64, u8::MAX).pack(to)), Ok(b"\x03<bq\xff\xff\0\0\0\0\0\0\0".into()));
        assert_eq!(typed("4s", |to| 'é'.pack(to)), Ok("\x024sé\0\0".into()));
        assert_eq!(typed("3s", |to| b"abc".pack(to)), Ok(b"\x023sabc".into()));
        assert_eq!(typed("B", |to| 1u128.pack(to)), Err(Unsendable::Values(PackProblem::Value(1, b'B'))));
        assert_eq!(typed("B", |to| Some(1u8).pack(to)), Err(Unsendable::Values(PackProblem::Value(1, b'B'))));
        assert_eq!(
            typed("B", |to| vec![1u16].pack(to)),
            Err(Unsendable::Values(PackProblem::Value(1, b'B')))
        );
        assert_eq!(typed("", |to| ().pack(to)), Ok(b"\0".into()));
    }
}

#[test]
fn containers_hold_no_more_than_they_can() {
    let text = sole::<heapless::String<3>>(&repr("('abcd',)")).unwrap_err();
    assert_eq!(text, "argument 1: too long, there is room for 3");
    assert_eq!(sole::<heapless::String<3>>(&repr("('€',)")).as_deref(), Ok("€"));
    assert_eq!(sole::<heapless::String<3>>(&repr("('€€',)")).unwrap_err(), text);
    assert_eq!(
        sole::<heapless::Vec<u16, 2>>(&repr("([1, 2, 3],)")).unwrap_err(),
        "argument 1: too long, there is room for 2"
    );
}

#[test]
fn elements_that_take_nothing_come_to_an_end() {
    let error = "argument 1: too long, there is room for 255";
    assert_eq!(sole::<Vec<()>>(&under("2B", &[1, 2])).unwrap_err(), error);
    assert_eq!(sole::<Vec<[u16; 0]>>(&under("2B", &[1, 2])).unwrap_err(), error);
    assert_eq!(sole::<BTreeMap<(), ()>>(&under("2B", &[1, 2])).unwrap_err(), error);
    assert!(sole::<Vec<Option<()>>>(&under("2B", &[1, 2])).is_err());
    assert_eq!(sole(&repr("([(), ()],)")), Ok(vec![(), ()]));
    assert_eq!(sole(&repr("((), ())")), Ok(vec![(), ()]));
}

#[test]
fn maps_are_read_however_written() {
    let map = BTreeMap::from([(1u8, "a".to_owned()), (2, "b".to_owned())]);
    for text in [
        "({1: 'a', 2: 'b'},)",
        "{2: 'b', 1: 'a'}",
        "(OrderedDict([(1, 'a'), (2, 'b')]),)",
        "(OrderedDict({1: 'a', 2: 'b'}),)",
        "(dict({1: 'a', 2: 'b'}),)",
        "([(1, 'a'), [2, 'b']],)",
        "((1, 'a'), (2, 'b'))",
    ] {
        assert_eq!(sole(&repr(text)).as_ref(), Ok(&map), "{text}");
    }
    assert_eq!(sole(&repr("({},)")), Ok(BTreeMap::<u8, u8>::new()));
    assert_eq!(
        sole::<BTreeMap<u8, u8>>(&repr("({1, 2},)")).unwrap_err(),
        "argument 1: expected a map, got a set"
    );
    assert_eq!(
        sole::<BTreeMap<u8, u8>>(&repr("({1: 300},)")).unwrap_err(),
        "argument 1: 300 does not fit u8 (0 to 255)"
    );
    assert_eq!(
        sole::<BTreeMap<u8, u8>>(&repr("([(1, 2, 3)],)")).unwrap_err(),
        "argument 1: expected 2 values"
    );
}

#[test]
fn every_type_comes_back() {
    round_trip(());
    round_trip(true);
    round_trip('€');
    round_trip('\'');
    round_trip(Mode::Run);
    round_trip(Imu { id: 255, position: (-0.5, 1e-5) });
    round_trip(Fault::Unknown);
    round_trip(Fault::Moving { speed: i16::MIN });
    round_trip(Fault::Text("it's".into(), vec![1, 2]));
    round_trip([0u8; 0]);
    round_trip([0u16; 0]);
    round_trip([7u8]);
    round_trip([[7u8]]);
    round_trip((1u8,));
    round_trip(((1u8,),));
    round_trip(((),));
    round_trip(((), ()));
    round_trip((((1u8, 2u8), 3u8), [4u8; 2]));
    round_trip([(1u8, 2u16); 2]);
    round_trip(vec![(1u8,), (2u8,)]);
    round_trip(vec![vec![0u8; 0], vec![1]]);
    round_trip(Vec::<(u8, u8)>::new());
    round_trip(vec![(1u8, 2u8)]);
    round_trip(vec![[1u16]]);
    round_trip(Some(vec![Some((None::<u8>,))]));
    round_trip(None::<(u8, u8)>);
    round_trip(None::<Vec<u8>>);
    round_trip(Some(Vec::<u16>::new()));
    round_trip((None::<u8>, None::<u8>));
    round_trip(Some((None::<u8>, Some(2u8))));
    round_trip(Box::new((1u8, 2u8)));
    round_trip(BTreeMap::from([((1u8, 2u8), Some("x".to_owned()))]));
    round_trip(BTreeMap::<u8, u8>::new());
    round_trip(heapless::String::<4>::try_from("é").unwrap());
    round_trip(heapless::Vec::<u8, 4>::from_slice(b"a'").unwrap());
    round_trip(heapless::Vec::<i16, 4>::from_slice(&[-1, 2]).unwrap());
    round_trip((1u8, 2u8, 3u8, 4u8, 5u8, 6u8, 7u8, 8u8, 9u8, 10u8, 11u8, 12u8));
}

proptest! {
    #[test]
    fn numbers_come_back(
        bytes in any::<(u8, i8)>(),
        shorts in any::<(u16, i16)>(),
        longs in any::<(u32, i32, u64, i64)>(),
        wide in any::<(u128, i128)>(),
        floats in any::<(f32, f64)>().prop_filter("NaN is not equal to itself", |(a, b)| !a.is_nan() && !b.is_nan()),
    ) {
        round_trip(bytes);
        round_trip(shorts);
        round_trip(longs);
        round_trip(wide.0);
        round_trip(wide.1);
        round_trip(floats);
        round_trip([floats.0, -floats.0]);
        round_trip((bytes, longs.0, shorts, floats.1));
    }

    #[test]
    fn integers_of_one_width_feed_those_of_another_if_they_fit(value in any::<i64>(), shift in 0u32..64) {
        let value = value >> shift;
        for payload in [literal_sole(&value), packed_sole(&value)] {
            prop_assert_eq!(sole::<u8>(&payload).ok(), u8::try_from(value).ok());
            prop_assert_eq!(sole::<i8>(&payload).ok(), i8::try_from(value).ok());
            prop_assert_eq!(sole::<u16>(&payload).ok(), u16::try_from(value).ok());
            prop_assert_eq!(sole::<i16>(&payload).ok(), i16::try_from(value).ok());
            prop_assert_eq!(sole::<u32>(&payload).ok(), u32::try_from(value).ok());
            prop_assert_eq!(sole::<i32>(&payload).ok(), i32::try_from(value).ok());
            prop_assert_eq!(sole::<u64>(&payload).ok(), u64::try_from(value).ok());
            prop_assert_eq!(sole::<i64>(&payload), Ok(value));
            prop_assert_eq!(sole::<u128>(&payload).ok(), u128::try_from(value).ok());
            prop_assert_eq!(sole::<i128>(&payload), Ok(value.into()));
            let exact = |float: f64| float as i128 == i128::from(value);
            prop_assert_eq!(sole::<f64>(&payload).ok(), Some(value as f64).filter(|float| exact(*float)));
            let single = Some(value as f32).filter(|float| exact((*float).into()));
            prop_assert_eq!(sole::<f32>(&payload).ok(), single);
        }
    }

    #[test]
    fn texts_and_bytes_come_back(text in proptest::collection::vec(any::<char>(), 0..12), bytes in any::<[u8; 9]>()) {
        let text: String = text.into_iter().collect();
        round_trip(text.clone());
        round_trip((text.clone(), bytes));
        round_trip(bytes.to_vec());
        round_trip(Some(text.clone()));
        prop_assert_eq!(&sole::<heapless::String<64>>(&literal_sole(&text)).unwrap(), text.as_str());
        let mut payload = literal_sole(text.as_str());
        prop_assert_eq!(Reader::new(&mut payload).take_sole::<&str>(), Some(text.as_str()));
    }

    #[test]
    fn dynamic_values_go_where_typed_ones_do(
        number in any::<i32>(),
        float in any::<f32>().prop_filter("NaN is not equal to itself", |value| !value.is_nan()),
        text in "[a-z'é]{0,5}",
    ) {
        let typed = (number, float, text.clone());
        let dynamic = args![number, float, text];
        let literal = writing::written(|payload| payload.literal_arguments(&dynamic));
        prop_assert_eq!(reading::arguments(&literal), Ok(typed));
        let packed = payload(|payload| payload.dynamic(&args![number, float], "<if"));
        prop_assert_eq!(reading::arguments(&packed.unwrap()), Ok((number, float)));
    }
}
