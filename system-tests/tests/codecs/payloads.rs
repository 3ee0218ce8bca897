//! Whole payloads, compared with the decoder of the original SerialTalk.

use peers::{Interpreter, Peer};
use proptest::prelude::*;
use serialtalk::Value;

use crate::{for_all, same};

/// The repr of what SerialTalk decodes from a payload.
fn decode(peer: &mut Peer, payload: &[u8]) -> String {
    peer.say(&payload.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    peer.line()
}

/// Struct formats whose layout does not depend on the machine, raw bytes, bare bytes, and bytes that resemble these.
fn payload() -> impl Strategy<Value = Vec<u8>> {
    let bytes = || proptest::collection::vec(any::<u8>(), 0..12);
    let format = prop_oneof![
        "[<>!=][xcbB?hHiIqQfdsp2]{0,4}",
        "[xcbB?s2]{0,4}",
        "[qQd]{0,2}[iIf]{0,2}[hH]{0,2}[bB]{0,2}",
        "[a-z]{0,5}",
    ];
    let structure = (format, proptest::collection::vec(any::<u8>(), 0..20), any::<bool>()).prop_map(
        |(format, data, fit)| {
            let size = serialtalk_size(&format).filter(|_| fit).unwrap_or(data.len());
            let mut data = data;
            data.resize(size, 7);
            [&[format.len() as u8], format.as_bytes(), &data].concat()
        },
    );
    let raw = bytes().prop_map(|bytes| [b"\x03raw", bytes.as_slice()].concat());
    let bare = (0u8..6, bytes()).prop_map(|(first, bytes)| [&[first], bytes.as_slice()].concat());
    prop_oneof![6 => structure, 1 => raw, 2 => bare, 1 => bytes(), 1 => Just(b"\x01z".to_vec())]
        .prop_filter("literals are tested separately", |payload| !payload.starts_with(b"\x04repr"))
        .prop_filter("a payload fits a frame", |payload| payload.len() <= 253)
}

/// How many bytes a format takes without padding.
fn serialtalk_size(format: &str) -> Option<usize> {
    let mut size = 0;
    let mut count = None;
    for code in format.trim_start_matches(['<', '>', '!', '=']).chars() {
        let width = match code {
            '0'..='9' => {
                count = Some(count.unwrap_or(0) * 10 + code.to_digit(10)? as usize);
                continue;
            }
            'x' | 'c' | 'b' | 'B' | '?' | 's' | 'p' => 1,
            'h' | 'H' => 2,
            'i' | 'I' | 'f' => 4,
            'q' | 'Q' | 'd' => 8,
            _ => return None,
        };
        size += count.take().unwrap_or(1) * width;
    }
    Some(size)
}

#[test]
fn payloads_are_decoded_as_serialtalk_decodes_them() {
    let venv = peers::require!();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/codecs/decode.py");
    let mut peer = venv.script(Interpreter::CPython, script, &[]);
    let mut values = 0;
    for_all(3000, payload(), |payload| {
        let theirs = decode(&mut peer, payload);
        let ours = Value::from_payload(payload);
        let whole = Value::Bytes(payload.clone()).to_string();
        values += u32::from(theirs != whole);
        // Native layouts of other machines are read, which Python does not do.
        if theirs == whole && ours.to_string() != whole && !payload[1..].starts_with(b"<") {
            return Ok(());
        }
        same(&payload.escape_ascii().to_string(), &ours.to_string(), &theirs)
    });
    assert!(values > 1000, "only {values} had a format");
}

/// Literals, whose outer tuple Python unwraps.
#[test]
fn literals_are_decoded_as_serialtalk_decodes_them() {
    let venv = peers::require!();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/codecs/decode.py");
    let mut peer = venv.script(Interpreter::CPython, script, &[]);
    for text in [
        "(1,)",
        "(1, 2)",
        "()",
        "((1, 2),)",
        "([1],)",
        "(((1,),),)",
        "('a',)",
        "(b'a',)",
        "({1},)",
        "({1: 2},)",
        "[1]",
        "[[1]]",
        "{1: 2}",
        "{1}",
        "'a'",
        "'ab'",
        "b'a'",
        "b'ab'",
        "''",
        "5",
        "-5",
        "None",
        "True",
        "1.5",
        "(None,)",
        "[]",
        "{}",
        "",
        "(1",
        "1 2",
        "'",
        "x",
        "[1,]",
        " [1]",
        "(5)",
        "{'a': 1}",
        "{0: 5}",
        "{False: [5]}",
        "{0: 1, 2: 3}",
        "({0: 5},)",
        "set()",
        "frozenset({1})",
    ] {
        let payload = [b"\x04repr", text.as_bytes()].concat();
        let theirs = decode(&mut peer, &payload);
        // A frozenset is read as a set.
        let theirs = theirs.replace("frozenset({1})", "{1}");
        assert_eq!(Value::from_payload(&payload).to_string(), theirs, "{text:?}");
    }
}
