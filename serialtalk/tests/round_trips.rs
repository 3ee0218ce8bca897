//! Rust values into payloads and back, in every encoding that their types allow.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "support/decoding.rs"]
mod decoding;
#[path = "support/encoding.rs"]
mod encoding;
#[path = "support/types.rs"]
mod types;

use std::collections::BTreeMap;
use std::fmt::Debug;

use decoding::{decode, repr, sole, under};
use encoding::{in_python, literal, literal_arguments, payload, text, value};
use proptest::prelude::*;
use serialtalk::{Decode, Encode, args};
use types::{Fault, Imu, Mode};

/// Checks that a value is the same after every payload that it can be sent in, alone and as one of several.
#[track_caller]
fn round_trip<T: Encode + for<'a> Decode<'a> + PartialEq + Debug + Clone>(sent: T) {
    let both = (sent.clone(), 7u8);
    // Packed, if the type can be.
    assert_eq!(sole(&value(&sent)).as_ref(), Ok(&sent));
    assert_eq!(sole(&encoding::arguments(&(sent.clone(),))).as_ref(), Ok(&sent));
    assert_eq!(decoding::arguments(&encoding::arguments(&both)).as_ref(), Ok(&both), "first of two");
    let payload = literal(&sent);
    assert_eq!(sole(&payload).as_ref(), Ok(&sent), "{}", text(&payload));
    assert!(payload.starts_with(b"\x04repr("));
    let payload = literal_arguments(&(sent.clone(),));
    assert_eq!(sole(&payload).as_ref(), Ok(&sent), "{}", text(&payload));
    let payload = literal_arguments(&both);
    assert_eq!(decoding::arguments(&payload).as_ref(), Ok(&both), "{}", text(&payload));
    // Nested in everything that can hold it.
    let nested = (Some(vec![sent.clone()]), BTreeMap::from([(1u8, (sent.clone(),))]), [Box::new(sent)]);
    let payload = literal(&nested);
    assert_eq!(sole(&payload).as_ref(), Ok(&nested), "{}", text(&payload));
}

#[test]
fn types_say_how_values_are_sent() {
    assert_eq!(encoding::arguments(&()), b"\x01z");
    assert_eq!(encoding::arguments(&(5.5f32, 94.0f32)), b"\x022f\0\0\xb0\x40\0\0\xbc\x42");
    assert_eq!(encoding::arguments(&(7u8, -1i32)), b"\x03<Bi\x07\xff\xff\xff\xff");
    assert_eq!(encoding::arguments(&7u8), b"\x01B\x07");
    assert_eq!(encoding::arguments(&(true, *b"ab")), b"\x03B2s\x01ab");
    assert_eq!(encoding::arguments("it's"), b"\x04repr(\"it's\",)");
    assert_eq!(encoding::arguments(&("a", Some(1u8), None::<u8>)), b"\x04repr('a', 1, None)");
    assert_eq!(
        encoding::arguments(&Imu { id: 1, position: (0.0, 1.0) }),
        b"\x04<B2f\x01\0\0\0\0\0\0\x80\x3f"
    );
    assert_eq!(value(&()), b"\0");
    assert_eq!(value(&[0u16; 0]), b"\0");
    assert_eq!(value(&Mode::Run), b"\x01B\x05");
    assert_eq!(value(&'é'), "\x04repr('é',)".as_bytes());
    assert_eq!(literal(&(1u8, "x")), b"\x04repr(1, 'x')", "a tuple is the list of values");
    assert_eq!(literal(&(1u8,)), b"\x04repr((1,),)", "unless it has one element");
    assert_eq!(literal(&[1u16]), b"\x04repr((1,),)");
    assert_eq!(literal(&[1u16, 2]), b"\x04repr(1, 2)");
    assert_eq!(literal(&vec![1u16, 2]), b"\x04repr([1, 2],)");
    assert_eq!(literal(b"ab"), b"\x04repr(b'ab',)");
    assert_eq!(literal(&vec![1u8, 2]), b"\x04repr(b'\\x01\\x02',)");
    assert_eq!(literal(&Some((1u8, 2u8))), b"\x04repr((1, 2),)");
    assert_eq!(literal(&None::<(u8, u8)>), b"\x04repr(None,)");
    assert_eq!(literal(&BTreeMap::from([("k", 1u8)])), b"\x04repr({'k': 1},)");
    assert_eq!(literal(&Fault::Unknown), b"\x04repr('Unknown',)");
    assert_eq!(literal(&Fault::Moving { speed: -3 }), b"\x04repr(('Moving', -3),)");
    assert_eq!(literal(&true), b"\x04repr(True,)");
}

#[test]
fn a_python_peer_gets_the_same_value() {
    assert_eq!(in_python(&value(&(1u8, -2i16))), "(1, -2)");
    assert_eq!(in_python(&literal(&(1u8, -2i16))), "(1, -2)");
    assert_eq!(in_python(&value(&Imu { id: 1, position: (0.5, 1.0) })), "(1, 0.5, 1.0)");
    assert_eq!(in_python(&literal(&Imu { id: 1, position: (0.5, 1.0) })), "(1, (0.5, 1.0))");
    assert_eq!(in_python(&literal(&(1u8,))), "(1,)");
    assert_eq!(in_python(&literal(&vec![1u16])), "[1]");
    assert_eq!(in_python(&literal("a")), "'a'");
    assert_eq!(in_python(&literal(b"a")), "b'a'");
    assert_eq!(in_python(&value(b"a")), "b'a'");
    assert_eq!(in_python(&literal(&Fault::Moving { speed: -3 })), "('Moving', -3)");
}

#[test]
fn enums_refuse_other_variants() {
    assert_eq!(sole(&repr("(5,)")), Ok(Mode::Run));
    assert_eq!(sole(&under("i", &[5, 0, 0, 0])), Ok(Mode::Run));
    assert_eq!(sole::<Mode>(&repr("(3,)")).unwrap_err(), "argument 1: 3 is not a valid Mode");
    assert_eq!(sole::<Mode>(&repr("(300,)")).unwrap_err(), "argument 1: 300 does not fit u8 (0 to 255)");
    assert_eq!(sole::<Mode>(&repr("('Run',)")).unwrap_err(), "argument 1: expected an integer, got text");

    for payload in ["('Unknown',)", "(('Unknown',),)", "(['Unknown'],)", "'Unknown'", "(b'Unknown',)"] {
        assert_eq!(sole(&repr(payload)), Ok(Fault::Unknown), "{payload}");
    }
    for payload in ["('Moving', 3)", "(('Moving', 3),)", "(['Moving', 3],)"] {
        assert_eq!(sole(&repr(payload)), Ok(Fault::Moving { speed: 3 }), "{payload}");
    }
    let other = "argument 1: not a variant of Fault";
    for payload in ["('Stuck',)", "'Stuck'", "(('Stuck', 3),)", "('',)"] {
        assert_eq!(sole::<Fault>(&repr(payload)).unwrap_err(), other, "{payload}");
    }
    assert_eq!(sole::<Fault>(&repr("(5,)")).unwrap_err(), "argument 1: expected text, got an integer");
    assert_eq!(sole::<Fault>(&repr("((),)")).unwrap_err(), "argument 1: expected 1 value(s), got 0");
    assert_eq!(sole::<Fault>(&repr("'Moving'")).unwrap_err(), "argument 1: expected 2 value(s), got 1");
    assert_eq!(sole::<Fault>(&repr("('Moving',)")).unwrap_err(), "argument 1: expected 2 value(s), got 1");
    assert_eq!(
        sole::<Fault>(&repr("('Moving', 3, 4)")).unwrap_err(),
        "argument 1: expected 2 value(s), got more"
    );
    assert_eq!(
        sole::<Fault>(&repr("('Unknown', 3)")).unwrap_err(),
        "argument 1: expected 1 value(s), got more"
    );
    assert_eq!(
        sole::<Fault>(&repr("(('Moving', 'x'),)")).unwrap_err(),
        "argument 1: expected an integer, got text"
    );
}

#[test]
fn containers_are_never_overfilled() {
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
fn elements_without_a_value_do_not_go_on_forever() {
    let error = "argument 1: longer than 255";
    assert_eq!(sole::<Vec<()>>(&under("2B", &[1, 2])).unwrap_err(), error);
    assert_eq!(sole::<Vec<[u16; 0]>>(&under("2B", &[1, 2])).unwrap_err(), error);
    assert_eq!(sole::<BTreeMap<(), ()>>(&under("2B", &[1, 2])).unwrap_err(), error);
    assert!(sole::<Vec<Option<()>>>(&under("2B", &[1, 2])).is_err());
    assert_eq!(sole(&repr("([(), ()],)")), Ok(vec![(), ()]));
    assert_eq!(sole(&repr("((), ())")), Ok(vec![(), ()]));
}

#[test]
fn maps_are_read_in_every_spelling() {
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
        "argument 1: expected 2 value(s), got more"
    );
}

#[test]
fn every_type_round_trips() {
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
    fn numbers_round_trip(
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
    fn integers_of_one_width_become_those_of_another_if_they_fit(value in any::<i64>(), shift in 0u32..64) {
        let value = value >> shift;
        for payload in [literal(&value), encoding::value(&value)] {
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
    fn texts_and_bytes_round_trip(text in proptest::collection::vec(any::<char>(), 0..6), bytes in any::<[u8; 9]>()) {
        let text: String = text.into_iter().collect();
        round_trip(text.clone());
        round_trip((text.clone(), bytes));
        round_trip(bytes.to_vec());
        round_trip(Some(text.clone()));
        prop_assert_eq!(&sole::<heapless::String<64>>(&literal(&text)).unwrap(), text.as_str());
        let borrowed = decode(&literal(text.as_str()), |decoder| decoder.sole::<&str>().map(str::to_owned));
        prop_assert_eq!(borrowed, Ok(text));
    }

    #[test]
    fn dynamic_values_are_decoded_like_typed_ones(
        number in any::<i32>(),
        float in any::<f32>().prop_filter("NaN is not equal to itself", |value| !value.is_nan()),
        text in "[a-z'é]{0,5}",
    ) {
        let typed = (number, float, text.clone());
        let dynamic = args![number, float, text];
        prop_assert_eq!(decoding::arguments(&literal_arguments(&dynamic)), Ok(typed));
        let packed = payload(|payload| payload.values_as(&args![number, float], "<if"));
        prop_assert_eq!(decoding::arguments(&packed.unwrap()), Ok((number, float)));
    }
}
