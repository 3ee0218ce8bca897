//! How the values of a payload are matched with the arguments of a command.
#![cfg(feature = "repr")]

#[path = "support/decoding.rs"]
mod decoding;

use decoding::{arguments, repr, sole, under};

#[test]
fn arguments_are_counted() {
    assert_eq!(arguments(&under("Bh", &[7, 0, 255, 255])), Ok((7u8, -1i16)));
    assert_eq!(arguments(&repr("(7, -1)")), Ok((7u8, -1i16)));
    assert_eq!(arguments::<(u8, u8)>(&repr("(7,)")).unwrap_err(), "expected 2 value(s), got 1");
    assert_eq!(arguments::<(u8, u8)>(&repr("(7, 8, 9)")).unwrap_err(), "expected 2 value(s), got more");
    assert_eq!(arguments::<(u8, u8)>(&under("B", &[7])).unwrap_err(), "expected 2 value(s), got 1");
    assert_eq!(arguments::<(u8, u8)>(&under("3B", &[7, 8, 9])).unwrap_err(), "expected 2 value(s), got more");
    assert_eq!(arguments::<(u8, u8)>(&repr("7")).unwrap_err(), "expected 2 value(s), got 1");
}

#[test]
fn an_error_names_the_argument() {
    let error = arguments::<(u8, u8, u8)>(&repr("(1, 300, 'x')")).unwrap_err();
    assert_eq!(error, "argument 2: 300 does not fit u8 (0 to 255)", "the first error counts");
    let error = arguments::<(u8, u8, u8)>(&repr("(1, 3, 'x')")).unwrap_err();
    assert_eq!(error, "argument 3: expected an integer, got text");
}

#[test]
fn options_at_the_end_may_be_omitted() {
    type Three = (u8, Option<u8>, Option<heapless::String<4>>);
    let full = (1, Some(2), Some("x".try_into().unwrap()));
    assert_eq!(arguments::<Three>(&repr("(1, 2, 'x')")), Ok(full));
    assert_eq!(arguments::<Three>(&repr("(1, None, None)")), Ok((1, None, None)));
    assert_eq!(arguments::<Three>(&repr("(1, 2)")), Ok((1, Some(2), None)));
    assert_eq!(arguments::<Three>(&repr("(1,)")), Ok((1, None, None)));
    assert_eq!(arguments::<Three>(&under("B", &[1])), Ok((1, None, None)));
    assert_eq!(arguments::<Three>(&under("BB", &[1, 2])), Ok((1, Some(2), None)));
    assert!(arguments::<Three>(b"\x01z").is_err());
    assert_eq!(sole::<Option<u8>>(b"\x01z"), Ok(None));
    assert_eq!(sole::<Option<u8>>(b""), Ok(None));
    assert_eq!(sole::<Option<u8>>(&repr("(None,)")), Ok(None));
    assert_eq!(sole::<Option<u8>>(&repr("None")), Ok(None));
    assert_eq!(sole::<Option<u8>>(&repr("(5,)")), Ok(Some(5)));
    assert_eq!(sole::<Option<Option<u8>>>(&repr("(5,)")), Ok(Some(Some(5))));
    assert_eq!(sole::<Option<u8>>(&repr("(Nonesense,)")).unwrap_err(), "argument 1: not a Python literal");
}

#[test]
fn a_single_tuple_may_be_the_list_of_arguments() {
    for payload in [
        repr("(1, 2)"),
        repr("((1, 2),)"),
        repr("([1, 2],)"),
        repr("[1, 2]"),
        repr(" ( 1 , 2 , ) "),
        repr("(P(x=1, y=2),)"),
        repr("P(x=1, y=2)"),
        under("bi", &[1, 0, 0, 0, 2, 0, 0, 0]),
        under("<bi", &[1, 2, 0, 0, 0]),
    ] {
        assert_eq!(sole(&payload), Ok((1u8, 2i32)), "{payload:?}");
        assert_eq!(sole(&payload), Ok([1i8, 2]), "{payload:?}");
        assert_eq!(sole(&payload), Ok(Some((1i8, 2i8))), "{payload:?}");
        let list = sole::<heapless::Vec<u8, 4>>(&repr("([1, 2],)"));
        assert_eq!(list.as_deref(), Ok([1, 2].as_slice()));
        assert_eq!(sole::<heapless::Vec<i16, 4>>(&payload).as_deref(), Ok([1, 2].as_slice()), "{payload:?}");
    }
}

#[test]
fn a_single_tuple_of_one_element_may_have_its_parentheses() {
    assert_eq!(sole(&repr("((7,),)")), Ok((7u8,)));
    assert_eq!(sole(&repr("(7,)")), Ok((7u8,)), "Python unwraps it on the way");
    assert_eq!(sole(&under("B", &[7])), Ok((7u8,)));
    assert_eq!(sole(&repr("(((7,),),)")), Ok(((7u8,),)));
    assert_eq!(sole(&repr("(((1, 2),),)")), Ok(((1u8, 2u8),)));
    assert_eq!(sole(&repr("(([1],),)")), Ok(([1u16],)));
    assert_eq!(sole(&repr("([[1]],)")), Ok([[1u16]]));
}

#[test]
fn a_list_without_parentheses_around_it_is_one_argument() {
    assert_eq!(sole::<heapless::Vec<u16, 4>>(&repr("[1, 2]")).as_deref(), Ok([1, 2].as_slice()));
    assert_eq!(arguments(&repr("[1, 2]")), Ok(([1u16, 2],)));
    let error = arguments::<(u8, u8)>(&repr("[1, 2]")).unwrap_err();
    assert_eq!(error, "argument 1: expected an integer, got a sequence");
    assert!(sole::<u8>(&repr("[7]")).is_err());
}

#[test]
fn nested_sequences_are_told_apart() {
    assert_eq!(sole(&repr("((1, 2), (3, 4))")), Ok(((1u8, 2u8), (3u8, 4u8))));
    assert_eq!(sole(&repr("(((1, 2), (3, 4)),)")), Ok(((1u8, 2u8), (3u8, 4u8))));
    assert_eq!(
        sole(&under("4B", &[1, 2, 3, 4])),
        Ok(((1u8, 2u8), (3u8, 4u8))),
        "a struct payload has no brackets"
    );
    assert_eq!(
        arguments(&under("4B", &[1, 2, 3, 4])),
        Ok(([1u8, 2], (3u8, 4u8))).map(|(a, b)| (a.map(u16::from), b))
    );
    assert_eq!(arguments(&repr("((1, 2), [3])")), Ok(((1u8, 2u8), [3u16])));
    assert_eq!(arguments(&repr("([], ())")), Ok(([0u16; 0], ())));
}

#[test]
fn a_sequence_among_several_arguments_is_one_of_them() {
    assert_eq!(sole(&repr("([1, 2],)")), Ok([1u8, 2]));
    assert_eq!(sole(&repr("(1, 2)")), Ok([1u8, 2]));
    let error = sole::<[u8; 2]>(&repr("([1, 2], 3)")).unwrap_err();
    assert_eq!(error, "argument 1: expected an integer, got a sequence");
    assert_eq!(sole(&repr("([1, 2], [3])")), Ok(([1u8, 2], [3u8])));
}

#[test]
fn none_is_accepted_wherever_an_option_is_expected() {
    assert_eq!(sole(&repr("(None, 1)")), Ok((None::<u8>, 1u8)));
    assert_eq!(sole(&repr("((None, 1),)")), Ok(Some((None::<u8>, 1u8))));
    assert_eq!(sole(&repr("(None, 1)")), Ok(Some((None::<u8>, 1u8))));
    assert_eq!(sole(&repr("(None, None)")), Ok(Some((None::<u8>, None::<u8>))));
    assert_eq!(sole(&repr("(None,)")), Ok(None::<(Option<u8>, u8)>));
    assert_eq!(sole(&repr("( None )")), Ok(None::<(Option<u8>, u8)>));
    assert_eq!(sole(&repr("()")), Ok(None::<(Option<u8>, u8)>));
    assert_eq!(sole(&repr("None")), Ok(None::<(Option<u8>, u8)>));
    assert_eq!(sole(b"\x01z"), Ok(None::<(Option<u8>, u8)>));
    assert_eq!(sole(&repr("((None,),)")), Ok(Some((None::<u8>,))));
    assert_eq!(sole(&repr("([None, 2],)")), Ok([None, Some(2u8)]));
}

#[test]
fn the_number_of_elements_must_be_right() {
    for (text, got) in
        [("(1, 2)", "2"), ("(1, 2, 3, 4)", "more"), ("((1, 2),)", "2"), ("((1, 2, 3, 4),)", "more")]
    {
        let error = sole::<(u8, u8, u8)>(&repr(text)).unwrap_err();
        assert_eq!(error, format!("argument 1: expected 3 value(s), got {got}"), "{text}");
    }
    assert_eq!(
        sole::<(u8,)>(&under("2B", &[1, 2])).unwrap_err(),
        "argument 1: expected 1 value(s), got more"
    );
    assert_eq!(sole::<(u8,)>(&repr("(1, 2)")).unwrap_err(), "argument 1: expected 1 value(s), got more");
    assert_eq!(
        sole::<heapless::Vec<u16, 2>>(&repr("([1, 2, 3],)")).unwrap_err(),
        "argument 1: longer than 2"
    );
    assert_eq!(sole::<(u8, u8)>(&repr("(5,)")).unwrap_err(), "argument 1: expected 2 value(s), got 1");
    assert_eq!(
        arguments::<((u8, u8), u8)>(&repr("(5, 6)")).unwrap_err(),
        "argument 1: expected a sequence, got an integer"
    );
    assert_eq!(
        arguments::<((u8, u8), u8)>(&repr("('ab', 6)")).unwrap_err(),
        "argument 1: expected a sequence, got text"
    );
}

#[test]
fn every_spelling_of_a_sequence_is_read() {
    let list = |text: &str| sole::<heapless::Vec<u16, 4>>(&repr(text)).map(|list| list.to_vec());
    for text in [
        "([1, 2],)",
        "((1, 2),)",
        "({1, 2},)",
        "(frozenset({1, 2}),)",
        "(set([1, 2]),)",
        "(array('B', [1, 2]),)",
        "(deque([1, 2]),)",
        "([1, 2, ],)",
        "(\n[\t1 ,\r2],)",
    ] {
        assert_eq!(list(text), Ok(vec![1, 2]), "{text}");
    }
    for text in ["(array([1, 2]),)", "(set(1),)", "(P(),)", "(P([1]),)", "(set,)"] {
        assert_eq!(
            sole::<heapless::Vec<u8, 4>>(&repr(text)).unwrap_err(),
            "argument 1: not a Python literal",
            "{text}"
        );
    }
    for text in ["([],)", "(set(),)", "(frozenset(),)", "(array('B'),)", "(deque([]),)"] {
        assert_eq!(list(text), Ok(vec![]), "{text}");
    }
}

#[test]
fn text_that_is_not_a_literal_is_refused() {
    for text in [
        "",
        " ",
        "(",
        "(1",
        "(1,",
        "(1 2)",
        "(,)",
        "(1,,2)",
        "[1, 2)",
        "([1)]",
        "(1,))",
        "(1,) 2",
        "('a)",
        "('a\\')",
        "(deque([1], maxlen=3),)",
        "(range(3),)",
        "(open('x'),)",
        "(P(1),)",
        "(P(x=1, 2),)",
        "(array([1]),)",
        "(__import__('os'),)",
        "(1 for x in y)",
        "(*[1],)",
        "([1] + [2],)",
        "([1][0],)",
        "(a.b,)",
        "({1: 2},)",
        "(lambda: 0,)",
        "(P(x==1),)",
        "(None",
    ] {
        let result = sole::<heapless::Vec<u16, 4>>(&repr(text));
        assert!(result.is_err(), "{text}: {result:?}");
    }
}
