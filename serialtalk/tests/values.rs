//! Rust values into payloads and back, by every way that their types allow.
#![cfg(all(feature = "repr", feature = "alloc"))]

mod reading;
#[path = "values/types.rs"]
mod types;
mod writing;

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;
use reading::{repr, sole, under};
use serialtalk::reader::Reader;
use serialtalk::{Decode, Encode, args};
use types::{Fault, Imu, Mode};
use writing::{in_python, literal_arguments, literal_sole, packed_sole, payload, text};

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
    let other = "argument 1: no variant of Fault";
    for payload in ["('Stuck',)", "'Stuck'", "(('Stuck', 3),)", "('',)"] {
        assert_eq!(sole::<Fault>(&repr(payload)).unwrap_err(), other, "{payload}");
    }
    assert_eq!(sole::<Fault>(&repr("(5,)")).unwrap_err(), "argument 1: expected text, got an integer");
    assert_eq!(sole::<Fault>(&repr("((),)")).unwrap_err(), "argument 1: expected 1 value(s)");
    assert_eq!(sole::<Fault>(&repr("'Moving'")).unwrap_err(), "argument 1: expected 2 value(s)");
    assert_eq!(sole::<Fault>(&repr("('Moving',)")).unwrap_err(), "argument 1: expected 2 value(s)");
    assert_eq!(sole::<Fault>(&repr("('Moving', 3, 4)")).unwrap_err(), "argument 1: expected 2 value(s)");
    assert_eq!(sole::<Fault>(&repr("('Unknown', 3)")).unwrap_err(), "argument 1: expected 1 value(s)");
    assert_eq!(
        sole::<Fault>(&repr("(('Moving', 'x'),)")).unwrap_err(),
        "argument 1: expected an integer, got text"
    );
}

#[test]
fn containers_hold_no_more_than_they_can() {
    let text = sole::<heapless::String<3>>(&repr("('abcd',)")).unwrap_err();
    assert_eq!(text, "argument 1: longer than 3");
    assert_eq!(sole::<heapless::String<3>>(&repr("('€',)")).as_deref(), Ok("€"));
    assert_eq!(sole::<heapless::String<3>>(&repr("('€€',)")).unwrap_err(), text);
    assert_eq!(
        sole::<heapless::Vec<u16, 2>>(&repr("([1, 2, 3],)")).unwrap_err(),
        "argument 1: longer than 2"
    );
}

#[test]
fn elements_that_take_nothing_come_to_an_end() {
    let error = "argument 1: longer than 255";
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
        "argument 1: expected 2 value(s)"
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
    fn texts_and_bytes_come_back(text in proptest::collection::vec(any::<char>(), 0..6), bytes in any::<[u8; 9]>()) {
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
