//! Sequences, sets, maps, and the calls that make them.

use super::*;

#[test]
fn sequences_are_read() {
    let tuple = |values: &[i128]| Tree::Tuple(ints(values));
    let list = |values: &[i128]| Tree::List(ints(values));
    reads("()", tuple(&[]));
    reads("(1,)", tuple(&[1]));
    reads("(1, 'a', None)", Tree::Tuple(vec![1.into(), "a".into(), Tree::None]));
    reads("(1,'a',)", Tree::Tuple(vec![1.into(), "a".into()]));
    reads("((1, 2), [3])", Tree::Tuple(vec![tuple(&[1, 2]), list(&[3])]));
    reads("[]", list(&[]));
    reads("[[], ()]", Tree::List(vec![list(&[]), tuple(&[])]));
    reads("[1, 2, ]", list(&[1, 2]));
    reads("\t[ 1\n,2 ]\r\n", list(&[1, 2]));
    reads("(1)", 1);
    reads("((1, 2))", tuple(&[1, 2]));
    reads("(('a'))", "a");
}

#[test]
fn sets_and_dicts_are_read() {
    let set = |values: &[i128]| Tree::Set(ints(values));
    reads("{1, 2}", set(&[1, 2]));
    reads("{1,}", set(&[1]));
    reads("set()", set(&[]));
    reads("set([1, 2])", set(&[1, 2]));
    reads("frozenset({1})", set(&[1]));
    reads("frozenset()", set(&[]));
    let dict = |entries: &[(Tree, Tree)]| Tree::Dict(entries.to_vec());
    reads("{}", dict(&[]));
    reads("{'a': 1}", dict(&[("a".into(), 1.into())]));
    reads(
        "{1: [2], (3,): {}}",
        dict(&[(1.into(), Tree::List(ints(&[2]))), (Tree::Tuple(ints(&[3])), dict(&[]))]),
    );
    reads("{'a': {'b': ()}, }", dict(&[("a".into(), dict(&[("b".into(), Tree::Tuple(vec![]))]))]));
    for text in ["OrderedDict([('a', 1)])", "OrderedDict({'a': 1})"] {
        reads(text, dict(&[("a".into(), 1.into())]));
    }
    for text in ["OrderedDict()", "OrderedDict([])", "OrderedDict({})"] {
        reads(text, dict(&[]));
    }
}

#[test]
fn calls_that_make_sequences_are_read() {
    let tuple = |values: &[Tree]| Tree::Tuple(values.to_vec());
    reads("array('b', [1, 2])", Tree::List(ints(&[1, 2])));
    reads("array('f', [1.5])", Tree::List(vec![1.5.into()]));
    reads("array('i')", Tree::List(vec![]));
    reads("deque([1, 2])", Tree::List(ints(&[1, 2])));
    reads("P(x=1, y='b')", tuple(&[1.into(), "b".into()]));
    reads("Point(x=(1,), y_2=[])", tuple(&[Tree::Tuple(ints(&[1])), Tree::List(vec![])]));
}

#[test]
fn nesting_takes_a_time_that_grows_with_the_text() {
    for opening in ["(", "{1:", "P(x=", "deque(["] {
        let mut text = opening.repeat(100_000).into_bytes();
        let mut reader = LiteralReader::new(&mut text);
        while reader.open().is_ok() && reader.more() == Ok(true) {
            if reader.has_colons() {
                assert_eq!(reader.scalar(), Ok(Some(Scalar::Integer(Integer::positive(1)))));
                assert!(reader.colon());
            }
        }
        assert!(reader.is_done());
    }
}

#[test]
fn what_only_looks_like_a_sequence_is_refused() {
    for text in include_str!("../../../../../testdata/refused_sequences.txt").lines() {
        refuses(&[text]);
    }
}
