//! Serde values as literals, and from payloads of every kind.

use alloc::{format, vec};

use super::*;

fn literal<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    payload(|payload| payload.literal(&SerdeValue(value))).expect("it fits a frame")
}

/// The text of a payload that is a literal.
fn text(payload: &[u8]) -> &str {
    core::str::from_utf8(payload.strip_prefix(b"\x04repr").expect("a literal")).expect("text")
}

#[track_caller]
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, python: &str) {
    let payload = literal(&value);
    assert_eq!(text(&payload), python);
    assert_eq!(sole::<T>(&payload), Ok(value));
}

#[test]
fn every_kind_of_type_has_a_literal() {
    round_trip(7u8, "(7,)");
    round_trip(-7i64, "(-7,)");
    round_trip(u128::MAX, "(340282366920938463463374607431768211455,)");
    round_trip(i128::MIN, "(-170141183460469231731687303715884105728,)");
    round_trip(true, "(True,)");
    round_trip(0.1f32, "(0.1,)");
    round_trip(f64::INFINITY, "(1e999,)");
    round_trip('€', "('€',)");
    round_trip("it's".to_owned(), "(\"it's\",)");
    round_trip((), "(None,)");
    round_trip(Unit, "(None,)");
    round_trip(None::<u8>, "(None,)");
    round_trip(Some(5u8), "(5,)");
    round_trip(Metres(2.5), "(2.5,)");
    round_trip(Point(1, -2), "((1, -2),)");
    round_trip((1u8,), "((1,),)");
    round_trip(((1u8,), [2u16, 3]), "(((1,), (2, 3)),)");
    round_trip(vec![1u16, 2], "([1, 2],)");
    round_trip(Vec::<u16>::new(), "([],)");
    round_trip(vec![vec![1u8]], "([[1]],)");
    round_trip(BTreeMap::from([(1u8, "a".to_owned()), (2, "b".into())]), "({1: 'a', 2: 'b'},)");
    let reading = Reading { id: 1, values: vec![0.5, 1e-5], note: None };
    round_trip(reading, "({'id': 1, 'values': [0.5, 1e-05], 'note': None},)");
    round_trip(Shape::Empty, "('Empty',)");
    round_trip(Shape::Circle(1.5), "({'Circle': 1.5},)");
    round_trip(Shape::Line(Point(1, 2), Point(3, 4)), "({'Line': ((1, 2), (3, 4))},)");
    let named = Shape::Named { name: "n".into(), corners: vec![(1, 2)] };
    round_trip(named, "({'Named': {'name': 'n', 'corners': [(1, 2)]}},)");
    round_trip(vec![Shape::Empty, Shape::Circle(0.0)], "(['Empty', {'Circle': 0.0}],)");
}

#[test]
fn bytes_are_bytes() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(b"a\0\xff'")
        }
    }
    assert_eq!(text(&literal(&Bytes)), r#"(b"a\x00\xff'",)"#);
    let borrowed =
        decode(&repr("(b'ab\\x00',)"), |decoder| decoder.serde_sole::<&[u8]>().map(<[u8]>::to_vec));
    assert_eq!(borrowed, Ok(b"ab\0".to_vec()));
    // To serde a `Vec<u8>` is a list of integers, and Python may send either.
    for payload in
        [repr("(b'ab',)"), repr("([97, 98],)"), under("2s", b"ab"), under("2B", b"ab"), b"\x03rawab".into()]
    {
        assert_eq!(sole::<Vec<u8>>(&payload), Ok(b"ab".to_vec()), "{payload:?}");
        assert_eq!(sole::<[u8; 2]>(&payload), Ok(*b"ab"), "{payload:?}");
        assert!(sole::<[u8; 1]>(&payload).is_err() && sole::<[u8; 3]>(&payload).is_err(), "{payload:?}");
    }
    assert_eq!(sole::<(Vec<u8>, u8)>(&repr("(b'ab', 5)")), Ok((b"ab".to_vec(), 5)));
}

#[test]
fn a_displayed_value_is_written_as_text() {
    struct Displayed;
    impl Serialize for Displayed {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str("it's \"\\\n€")
        }
    }
    let payload = literal(&Displayed);
    assert_eq!(text(&payload), r#"('it\'s "\\\n€',)"#);
    assert_eq!(sole::<String>(&payload).as_deref(), Ok("it's \"\\\n€"));
    let address = core::net::Ipv4Addr::new(192, 168, 0, 1);
    round_trip(address, "('192.168.0.1',)");
}

#[test]
fn a_value_that_serde_cannot_write_is_refused() {
    struct Fails;
    impl Serialize for Fails {
        fn serialize<S: serde::Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no"))
        }
    }
    let result = payload(|payload| payload.literal(&SerdeValue(&[Fails])));
    assert_eq!(result, Err(EncodeError::Unencodable));
}

#[test]
fn a_some_that_would_be_read_as_none_is_refused() {
    #[derive(Serialize)]
    struct Inner(Option<u8>);
    let encoded = [
        payload(|payload| payload.literal(&SerdeValue(&Some(())))),
        payload(|payload| payload.literal(&SerdeValue(&Some(Unit)))),
        payload(|payload| payload.literal(&SerdeValue(&Some(None::<u8>)))),
        payload(|payload| payload.literal(&SerdeValue(&Some(Inner(None))))),
        payload(|payload| payload.literal(&SerdeValue(&[Some(None::<u8>)]))),
    ];
    assert_eq!(encoded, [const { Err(EncodeError::Unencodable) }; 5]);
    round_trip(Some(Some(5u8)), "(5,)");
    round_trip(Some(vec![None::<u8>]), "([None],)");
    round_trip(Some((None::<u8>,)), "((None,),)");
    round_trip(None::<Option<u8>>, "(None,)");
}

#[test]
fn structs_are_read_from_every_spelling_in_python() {
    let reading = Reading { id: 1, values: vec![0.5], note: Some("n".into()) };
    for text in [
        "({'id': 1, 'values': [0.5], 'note': 'n'},)",
        "({'note': 'n', 'more': [1, {'a': (b'x', None)}], 'values': (0.5,), 'id': 1},)",
        "(OrderedDict({'id': 1, 'values': [0.5], 'note': 'n'}),)",
        "(OrderedDict([('id', 1), ('values', [0.5]), ('note', 'n')]),)",
        "(Reading(id=1, values=[0.5], note='n'),)",
        "(1, [0.5], 'n')",
        "((1, [0.5], 'n'),)",
        "([1, [0.5], 'n'],)",
        "{'id': 1, 'values': [0.5], 'note': 'n'}",
    ] {
        assert_eq!(sole::<Reading>(&repr(text)).as_ref(), Ok(&reading), "{text}");
    }
    assert_eq!(sole(&under("2i", &[1, 0, 0, 0, 2, 0, 0, 0])), Ok(Point(1, 2)));
    assert_eq!(sole(&under("4B", &[1, 2, 3, 4])), Ok((Point(1, 2), Point(3, 4))));
    assert_eq!(sole(&under("B", &[2])), Ok(Metres(2.0)));
    assert_eq!(two(&repr("((1, 2), {'Circle': 1})")), Ok((Point(1, 2), Shape::Circle(1.0))));
    assert_eq!(two(&under("3B", &[1, 2, 3])), Ok((Point(1, 2), 3u8)));
    assert_eq!(sole(&repr("({},)")), Ok(BTreeMap::<u8, u8>::new()));
    assert_eq!(sole(&repr("(OrderedDict(),)")), Ok(BTreeMap::<u8, u8>::new()));
}

#[test]
fn omitted_arguments_are_none() {
    assert_eq!(two(&repr("(1,)")), Ok((1u8, None::<Reading>)));
    assert_eq!(two(&under("B", &[1])), Ok((1u8, None::<u8>)));
    assert_eq!(two::<u8, u8>(&repr("(1,)")).unwrap_err(), "expected 2 value(s), got 1");
    assert_eq!(two::<u8, Vec<u8>>(&repr("(1,)")).unwrap_err(), "expected 2 value(s), got 1");
    assert_eq!(two::<u8, u8>(&repr("(1, 2, 3)")).unwrap_err(), "expected 2 value(s), got more");
    for payload in [b"\x01z".as_slice(), b"\x00", b"", b"\x04repr()", b"\x04reprNone", b"\x04repr(None,)"] {
        assert_eq!(sole(payload), Ok(None::<u8>), "{payload:?}");
        assert_eq!(sole(payload), Ok(None::<Point>), "{payload:?}");
        assert_eq!(sole(payload), Ok(()), "{payload:?}");
        assert_eq!(sole(payload), Ok(Unit), "{payload:?}");
        assert_eq!(sole(payload), Ok(Any::None), "{payload:?}");
    }
    assert_eq!(sole::<u8>(b"\x00").unwrap_err(), "expected 1 value(s), got 0");
}

#[test]
fn values_are_converted_as_those_of_other_types() {
    let error = "argument 1: 300 does not fit u8 (0 to 255)";
    assert_eq!(sole::<u8>(&repr("(300,)")).unwrap_err(), error);
    assert_eq!(sole::<Vec<u8>>(&repr("([300],)")).unwrap_err(), error);
    assert_eq!(sole::<Reading>(&repr("({'id': 300},)")).unwrap_err(), error);
    assert_eq!(
        two::<u8, i8>(&repr("(1, -129)")).unwrap_err(),
        "argument 2: -129 does not fit i8 (-128 to 127)"
    );
    assert_eq!(sole::<u64>(&repr("(1.5,)")).unwrap_err(), "argument 1: expected an integer, got a float");
    assert_eq!(sole::<bool>(&repr("(2,)")).unwrap_err(), "argument 1: 2 is not a valid bool");
    assert_eq!(sole::<f32>(&repr("(1e39,)")).unwrap_err(), "argument 1: the number does not fit f32");
    assert_eq!(sole(&repr("(7,)")), Ok(7.0f64));
    assert_eq!(sole(&repr("(True,)")), Ok(1u8));
    assert_eq!(sole(&repr("(1,)")), Ok(true));
    assert_eq!(sole(&under("Q", &[0xff; 8])), Ok(u64::MAX));
    assert_eq!(sole(&under("q", &[0, 0, 0, 0, 0, 0, 0, 0x80])), Ok(i64::MIN));
    assert_eq!(sole(&under("q", &[0xff; 8])), Ok(-1i128));
    assert_eq!(sole(&under("5s", b"abc\0\0")), Ok("abc".to_owned()));
    assert_eq!(sole::<String>(&repr("(b'\\xff',)")).unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(sole::<char>(&repr("('ab',)")).unwrap_err(), "argument 1: not a value of the expected type");
    for text in
        ["({'Square': 1},)", "('Square',)", "('Circle',)", "({'Circle': 1, 'Empty': 2},)", "(5,)", "({1},)"]
    {
        assert!(sole::<Shape>(&repr(text)).is_err(), "{text}");
    }
    for text in ["((1, 2, 3),)", "(1, 2, 3)", "((1,),)", "(1,)", "({'id': 1},)"] {
        assert!(sole::<Point>(&repr(text)).is_err(), "{text}");
        assert!(sole::<Reading>(&repr(text)).is_err(), "{text}");
    }
    assert_eq!(sole(&repr("({'Empty': None},)")), Ok(Shape::Empty));
}

#[test]
fn an_untagged_enum_gets_the_variant_that_arrived() {
    let any = |payload: &[u8]| sole::<Any>(payload).unwrap();
    let list = |items: &[i64]| Any::List(items.iter().map(|item| Any::Int(*item)).collect());
    assert_eq!(any(&repr("(True,)")), Any::Bool(true));
    assert_eq!(any(&under("?", &[0])), Any::Bool(false));
    assert_eq!(any(&repr("(1,)")), Any::Int(1));
    assert_eq!(any(&repr("(-9223372036854775808,)")), Any::Int(i64::MIN));
    assert_eq!(any(&under("h", &[0xff, 0xff])), Any::Int(-1));
    assert_eq!(any(&repr("(1.5,)")), Any::Float(1.5));
    assert_eq!(any(&under("f", &1.5f32.to_le_bytes())), Any::Float(1.5));
    assert_eq!(any(&repr("('a',)")), Any::Text("a".into()));
    assert_eq!(
        any(&repr("('1', [2, 3, None])")),
        Any::List(vec![Any::Text("1".into()), Any::List(vec![Any::Int(2), Any::Int(3), Any::None]),])
    );
    assert_eq!(any(&repr("(1, 2)")), Any::Pair((1, 2)));
    assert_eq!(any(&under("2B", &[1, 2])), Any::Pair((1, 2)));
    assert_eq!(any(&repr("(1, 2, 3)")), list(&[1, 2, 3]));
    assert_eq!(any(&under("3B", &[1, 2, 3])), list(&[1, 2, 3]));
    assert_eq!(any(&repr("([1],)")), list(&[1]));
    assert_eq!(any(&repr("({'a': [1]},)")), Any::Map(BTreeMap::from([("a".into(), list(&[1]))])));
    assert_eq!(
        any(&repr("(OrderedDict([('a', [1])]),)")),
        Any::Map(BTreeMap::from([("a".into(), list(&[1]))]))
    );
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| repr(&format!("({}{},)", "[".repeat(depth), "]".repeat(depth)));
    assert!(sole::<Any>(&nested(31)).is_ok());
    assert_eq!(sole::<Any>(&nested(100)).unwrap_err(), "argument 1: not a value of the expected type");
    // Skipped values are nested, too.
    let skipped = |depth: usize| {
        repr(&format!(
            "({{'x': {}{}, 'id': 1, 'values': [], 'note': None}},)",
            "(".repeat(depth),
            ")".repeat(depth)
        ))
    };
    assert!(sole::<Reading>(&skipped(20)).is_ok());
    assert!(sole::<Reading>(&skipped(90)).is_err());
}

#[test]
fn elements_without_a_value_do_not_go_on_forever() {
    assert!(sole::<Vec<[u8; 0]>>(&under("2B", &[1, 2])).is_err());
    assert!(sole::<BTreeMap<[u8; 0], [u8; 0]>>(&under("2B", &[1, 2])).is_err());
}

proptest! {
    #[test]
    fn literals_round_trip(reading in reading_strategy(), shape in shape_strategy()) {
        prop_assert_eq!(sole(&literal(&reading)), Ok(reading.clone()));
        prop_assert_eq!(sole(&literal(&shape)), Ok(shape.clone()));
        let both = (shape, vec![reading]);
        let written = payload(|payload| payload.literal(&SerdeValue(&both)));
        if let Ok(payload) = written {
            prop_assert_eq!(sole(&payload), Ok(both));
        }
    }

    #[test]
    fn arbitrary_text_does_no_harm(text in "[\\[\\](){},:'\"0-9a-z.\\\\ =NTF-]{0,60}") {
        let payload = repr(&text);
        let _ = sole::<Reading>(&payload);
        let _ = sole::<Shape>(&payload);
        let _ = sole::<Any>(&payload);
        let _ = two::<Vec<u8>, Option<Point>>(&payload);
    }

    #[test]
    fn arbitrary_payloads_do_no_harm(payload in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = sole::<Reading>(&payload);
        let _ = sole::<Any>(&payload);
        let _ = two::<(Metres, Unit), BTreeMap<u8, Shape>>(&payload);
    }
}
