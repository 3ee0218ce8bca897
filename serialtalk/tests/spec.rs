//! The examples in `spec/wire-format.md`, replayed.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "spec/board.rs"]
mod board;
#[path = "support/decoding.rs"]
mod decoding;
#[path = "support/encoding.rs"]
mod encoding;
#[allow(dead_code, reason = "shared by several tests")]
#[path = "support/scripted.rs"]
mod scripted;
#[path = "spec/tables.rs"]
mod tables;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::rc::Rc;

use board::{ARM_INTERFACE, BOARD_INTERFACE, BoardClient, BoardServer, ChangedClient, Moving};
use decoding::{decode, sole};
use scripted::{Line, Scripted};
use serialtalk::proto::{FrameDecoder, MAX_FRAME, Payload};
use serialtalk::{Arguments, CallError, Decode, Encode, SerialTalk, Shape, Value};
use tables::{bytes, code};

/// Checks the rows of every table with this header.
fn each_row(header: &str, least: usize, check: impl FnMut(&[String])) {
    tables::each_row(&tables::text_of("wire-format.md"), header, least, check);
}

/// The name and the payload of every frame in `bytes`.
fn frames(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut decoder = FrameDecoder::<258>::new();
    let mut frames = vec![];
    let mut take = |decoder: &mut FrameDecoder<258>, are_late| {
        while let Some(found) = decoder.next(are_late, |_| {}) {
            assert!(found.size() <= MAX_FRAME);
            let frame = decoder.frame(found).unwrap();
            frames.push((frame.name.to_vec(), frame.payload.to_vec()));
        }
    };
    for byte in bytes {
        decoder.recv_buf()[0] = *byte;
        decoder.commit(1);
        take(&mut decoder, false);
    }
    take(&mut decoder, true);
    frames
}

/// The frame that carries the same values in the same encoding.
fn encoded_again(name: &str, payload: &[u8]) -> Vec<u8> {
    let format = match Payload::parse(payload) {
        Payload::None | Payload::Literal(_) => "repr".into(),
        Payload::Raw(_) => "raw".into(),
        Payload::Struct { format, .. } => String::from_utf8(format.into()).unwrap(),
        other => panic!("{other:?} is never sent"),
    };
    let values = Arguments(decode(payload, |decoder| decoder.rest()).unwrap());
    scripted::frame(name, &encoding::payload(|payload| payload.values_as(&values, &format)).unwrap())
}

#[test]
fn frames_sent_and_received() {
    each_row("bytes sent and received | command | value in Python", 18, |row| {
        let [frame, name, value] = row else { panic!("{row:?}") };
        let (frame, name) = (bytes(frame), code(name));
        let (found, payload) = frames(&frame).pop().expect("a frame");
        assert_eq!(String::from_utf8(found).unwrap(), name);
        assert_eq!(Value::from_payload(&payload).to_string(), code(value));
        assert_eq!(encoded_again(&name, &payload), frame, "{row:?}");
    });
}

#[test]
fn frames_received() {
    each_row("bytes received | command | value in Python", 26, |row| {
        let [frame, name, value] = row else { panic!("{row:?}") };
        let (found, payload) = frames(&bytes(frame)).pop().expect("a frame");
        assert_eq!(String::from_utf8(found).unwrap(), code(name));
        assert_eq!(Value::from_payload(&payload).to_string(), code(value), "{row:?}");
    });
}

#[test]
fn frames_found() {
    each_row("bytes received | frames found", 10, |row| {
        let [stream, names] = row else { panic!("{row:?}") };
        let found: Vec<_> =
            frames(&bytes(stream)).into_iter().map(|(name, _)| String::from_utf8(name).unwrap()).collect();
        let names: Vec<_> = names.split('`').skip(1).step_by(2).collect();
        assert_eq!(found, names, "{row:?}");
    });
}

#[test]
fn values_read() {
    fn read<T: for<'a> Decode<'a> + Debug>(payload: &[u8]) -> String {
        match sole::<T>(payload) {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("error: {error}"),
        }
    }
    each_row("payload | read as | gives", 45, |row| {
        let [payload, ty, value] = row else { panic!("{row:?}") };
        let read = match code(ty).as_str() {
            "bool" => read::<bool>,
            "u8" => read::<u8>,
            "u64" => read::<u64>,
            "f32" => read::<f32>,
            "str" => read::<String>,
            "bytes" => |payload: &[u8]| {
                let bytes = decode(payload, |decoder| Ok(format!("{:?}", decoder.sole::<&[u8]>()?)));
                bytes.unwrap_or_else(|error| format!("error: {error}"))
            },
            "[u8; 2]" => read::<[u8; 2]>,
            "(u8,)" => read::<(u8,)>,
            "(u8, u8)" => read::<(u8, u8)>,
            "(u32, bytes)" => read::<(u32, Vec<u8>)>,
            "(bytes, bytes)" => read::<(Vec<u8>, Vec<u8>)>,
            "((u8, u8), (u8, u8))" => read::<((u8, u8), (u8, u8))>,
            "(f32, f32)" => read::<(f32, f32)>,
            "Vec<u16>" => read::<Vec<u16>>,
            "Option<u8>" => read::<Option<u8>>,
            "Option<(u8, u8)>" => read::<Option<(u8, u8)>>,
            "(Option<u8>, u8)" => |payload: &[u8]| {
                // As Python writes it.
                sole::<(Option<u8>, u8)>(payload)
                    .map_or_else(|error| error, |(a, b)| Value::from((a, b)).to_string())
            },
            other => panic!("no such type: {other}"),
        };
        assert_eq!(read(&bytes(payload)), code(value), "{row:?}");
    });
}

#[test]
fn formats_of_types() {
    fn format<T: Encode + ?Sized>() -> String {
        let format = T::SHAPE.template().as_str().to_owned();
        assert_eq!(T::SHAPE.is_packable() && !T::SHAPE.is_empty(), !format.is_empty());
        if format.is_empty() { "none".into() } else { format!("`{format}`") }
    }
    each_row("type | format", 20, |row| {
        let [ty, expected] = row else { panic!("{row:?}") };
        let format = match code(ty).as_str() {
            "bool" => format::<bool>(),
            "u8" => format::<u8>(),
            "i8" => format::<i8>(),
            "u16" => format::<u16>(),
            "i16" => format::<i16>(),
            "u32" => format::<u32>(),
            "i32" => format::<i32>(),
            "u64" => format::<u64>(),
            "i64" => format::<i64>(),
            "f32" => format::<f32>(),
            "f64" => format::<f64>(),
            "[u8; 5]" => format::<[u8; 5]>(),
            "(f32, f32, f32)" => format::<(f32, f32, f32)>(),
            "[f32; 3]" => format::<[f32; 3]>(),
            "(i32, i16, i16)" => format::<(i32, i16, i16)>(),
            "(u8, i32)" => format::<(u8, i32)>(),
            "([u8; 3], u8)" => format::<([u8; 3], u8)>(),
            "((u8, f32), u8)" => format::<((u8, f32), u8)>(),
            "()" => format::<()>(),
            "str" => format::<str>(),
            "&[u8]" => format::<&[u8]>(),
            "Vec<u8>" => format::<Vec<u8>>(),
            "(u32, &[u8])" => format::<(u32, &[u8])>(),
            "(&[u8], u8, Vec<u8>)" => format::<(&[u8], u8, Vec<u8>)>(),
            "(&[u8], u16)" => format::<(&[u8], u16)>(),
            "Option<Vec<u8>>" => format::<Option<Vec<u8>>>(),
            "Option<u8>" => format::<Option<u8>>(),
            "u128" => format::<u128>(),
            "(u8, str)" => format::<(u8, &str)>(),
            other => panic!("no such type: {other}"),
        };
        assert_eq!(&format, expected, "{row:?}");
    });
}

/// A literal as a cell of a table shows what it gives.
fn literal_read(literal: &str) -> String {
    Value::from_literal(&code(literal)).map_or("refused".into(), |value| format!("`{value}`"))
}

#[test]
fn signatures_of_types() {
    #[derive(serialtalk::Value)]
    struct Point {
        x: f32,
        y: f32,
    }
    #[derive(serialtalk::Value)]
    struct Metres(f32);
    #[derive(serialtalk::Value, Clone, Copy)]
    #[repr(u8)]
    enum Lamp {
        Off,
        On = 7,
    }
    #[derive(serialtalk::Value)]
    enum State {
        Idle,
        At(u8),
        Moving { speed: f32 },
    }
    each_row("type in Rust | in a signature | is", 19, |row| {
        let [ty, expected, _] = row else { panic!("{row:?}") };
        let shape = match code(ty).as_str() {
            "u8" => u8::SHAPE,
            "bool" => bool::SHAPE,
            "f64" => f64::SHAPE,
            "char" => char::SHAPE,
            "String" => String::SHAPE,
            "Vec<u8>" => Vec::<u8>::SHAPE,
            "[u8; 5]" => <[u8; 5]>::SHAPE,
            "()" => <()>::SHAPE,
            "(u8,)" => <(u8,)>::SHAPE,
            "(u8, str)" => <(u8, &str)>::SHAPE,
            "(f32, f32, f32)" => <(f32, f32, f32)>::SHAPE,
            "Vec<u16>" => Vec::<u16>::SHAPE,
            "BTreeMap<u8, f32>" => BTreeMap::<u8, f32>::SHAPE,
            "Option<(u8, f32)>" => Option::<(u8, f32)>::SHAPE,
            "struct { x: f32, y: f32 }" => Point::SHAPE,
            "struct (f32)" => Metres::SHAPE,
            "enum u8 { Off, On = 7 }" => Lamp::SHAPE,
            "enum { Idle, At(u8), Moving { speed: f32 } }" => State::SHAPE,
            "serde" => &Shape::Opaque,
            other => panic!("no such type: {other}"),
        };
        assert_eq!(shape.to_string(), code(expected), "{row:?}");
    });
}

#[test]
fn signatures_of_commands() {
    each_row("command | signature | hash", 9, |row| {
        let [name, signature, hash] = row else { panic!("{row:?}") };
        let interfaces = [BOARD_INTERFACE, ARM_INTERFACE];
        let found = interfaces.iter().find_map(|interface| interface.command(&code(name)));
        let command = found.unwrap_or_else(|| panic!("no such command: {name}"));
        assert_eq!(command.signature().to_string(), code(signature));
        assert_eq!(format!("{:08x}", command.hash), code(hash), "{row:?}");
    });
}

#[test]
fn clients_connect() {
    // For each connection the frames of ours, the replies to them, and what comes of it.
    let mut connections: Vec<(Vec<(Vec<u8>, Vec<u8>)>, String)> = vec![];
    let mut frames = vec![];
    each_row("end | bytes | meaning", 12, |row| match row[0].as_str() {
        "we" => frames.push((bytes(&row[1]), vec![])),
        "peer" => frames.last_mut().expect("a frame of ours").1 = bytes(&row[1]),
        "gives" => connections.push((std::mem::take(&mut frames), row[1].clone())),
        other => panic!("which end is {other}?"),
    });
    for (frames, gives) in connections {
        let left = Rc::new(RefCell::new(frames.into_iter()));
        let script = Rc::clone(&left);
        let (talk, _line) = Line::new(move |frame| {
            let (sent, reply) = script.borrow_mut().next().expect("no more frames");
            assert_eq!(frame, sent);
            vec![(1, reply)]
        });
        let outcome = match ChangedClient::connect(talk) {
            Ok(_) => "connected".into(),
            Err(CallError::Mismatch { error, .. }) => {
                format!("`{}` here, `{}` there", error.ours(), error.theirs().unwrap_or_default())
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(outcome, gives);
        assert_eq!(left.borrow().len(), 0, "frames that were not sent");
    }
}

#[test]
fn literals_read() {
    each_row("literal | value in Python", 120, |row| {
        let [literal, value] = row else { panic!("{row:?}") };
        assert_eq!(&literal_read(literal), value, "{row:?}");
    });
}

#[test]
fn literals_read_unlike_cpython() {
    each_row("literal | here | in CPython | because", 30, |row| {
        let [literal, value, in_cpython, _] = row else { panic!("{row:?}") };
        assert_eq!(&literal_read(literal), value, "{row:?}");
        assert_ne!(value, in_cpython, "{row:?}");
    });
}

#[test]
fn literals_written() {
    fn written(value: &(impl Encode + ?Sized)) -> String {
        encoding::text(&encoding::literal(value)).to_owned()
    }
    each_row("in Rust | literal", 12, |row| {
        let [value, literal] = row else { panic!("{row:?}") };
        let written = match code(value).as_str() {
            "0.1f32" => written(&0.1f32),
            "1.0f32 / 3.0" => written(&(1.0f32 / 3.0)),
            "1e16f64" => written(&1e16f64),
            "f32::INFINITY" => written(&f32::INFINITY),
            "f64::NAN" => written(&f64::NAN),
            r#""it's \"so\"\n""# => written("it's \"so\"\n"),
            r#""é\u{a0}€""# => written("é\u{a0}€"),
            r#"b"a\0""# => written(b"a\0"),
            "Some(true)" => written(&Some(true)),
            "None" => written(&None::<u8>),
            "vec![1u16, 2]" => written(&vec![1u16, 2]),
            r#"(1u8, "a")"# => written(&(1u8, "a")),
            "(1u8,)" => written(&(1u8,)),
            "i128::MIN" => written(&i128::MIN),
            other => panic!("no such value: {other}"),
        };
        assert_eq!(written, code(literal), "{row:?}");
    });
}

#[test]
fn commands_served() {
    each_row("bytes received | bytes sent | in words", 20, |row| {
        let [request, reply, _] = row else { panic!("{row:?}") };
        let (talk, line) = Line::new(|_| vec![]);
        let mut talk = talk.serve(BoardServer::new(Moving));
        line.deliver(0, &bytes(request));
        talk.process().unwrap();
        talk.process().unwrap();
        let expected = if reply == "nothing" { vec![] } else { bytes(reply) };
        assert_eq!(line.sent().concat(), expected, "{row:?}");
    });
}

/// A client of the board.
type Client = BoardClient<SerialTalk<Scripted, Line, (), 258, 256>>;

fn call(board: &mut Client, call: &str) -> String {
    fn shown<T: Debug, L, E>(result: Result<T, CallError<L, E>>) -> String
    where
        CallError<L, E>: core::fmt::Display,
    {
        result.map_or_else(|error| format!("error: {error}"), |value| format!("{value:?}"))
    }
    match call {
        "mult(1.5, 2.0)" => shown(board.mult(1.5, 2.0)),
        "mult(1.0, 1.0)" => shown(board.mult(1.0, 1.0)),
        "mult(2.0, 3.0)" => shown(board.mult(2.0, 3.0)),
        "led(120)" => shown(board.led(120)),
        "name()" => shown(board.name()),
        "calibrate()" => shown(board.calibrate()),
        other => panic!("no such call: {other}"),
    }
}

#[test]
fn calls_made() {
    each_row("call | bytes sent | bytes received | gives", 10, |row| {
        let [what, sent, reply, value] = row else { panic!("{row:?}") };
        let reply = bytes(reply);
        let (talk, line) = Line::new(move |_| vec![(1, reply.clone())]);
        assert_eq!(call(&mut BoardClient::new(talk), &code(what)), code(value), "{row:?}");
        assert_eq!(line.sent().concat(), bytes(sent), "{row:?}");
    });
}

/// Replaces the number in an `echo`, which is fresh each time and so differs from that of the example.
fn with_number(frame: &[u8], number: &str) -> Option<Vec<u8>> {
    let (name, payload) = frames(frame).pop()?;
    payload.strip_prefix(b"\x04repr(").filter(|_| name.starts_with(b"echo"))?;
    let name = core::str::from_utf8(&name).ok()?;
    Some(scripted::frame(name, format!("\x04repr({number},)").as_bytes()))
}

#[test]
fn late_replies_are_discarded() {
    let mut steps: Vec<Vec<String>> = vec![];
    each_row("who | bytes | in words", 8, |row| steps.push(row.to_vec()));
    let expected = steps.pop().filter(|row| row[0] == "gives").expect("the result");
    // What the peer sends after each frame of ours.
    let mut answers: Vec<(Vec<u8>, Vec<Vec<u8>>)> = vec![];
    for step in &steps {
        match step[0].as_str() {
            "we" => answers.push((bytes(&step[1]), vec![])),
            "peer" => answers.last_mut().unwrap().1.push(bytes(&step[1])),
            "time" => assert_eq!(step[1], "1500 ms"),
            other => panic!("who is {other}?"),
        }
    }
    let count = answers.len();
    let script = Rc::new(RefCell::new(answers.into_iter()));
    let (talk, line) = Line::new(move |frame| {
        let (sent, replies) = script.borrow_mut().next().expect("no more frames");
        let number = match frames(frame).pop() {
            Some((name, payload)) if name == b"echo" => {
                assert_eq!(with_number(frame, "7"), Some(sent));
                let digits = payload.iter().filter(|byte| byte.is_ascii_digit());
                digits.map(|digit| char::from(*digit)).collect()
            }
            _ => {
                assert_eq!(frame, sent);
                String::new()
            }
        };
        let real = |reply: Vec<u8>| with_number(&reply, &number).unwrap_or(reply);
        replies.into_iter().map(|reply| (1, real(reply))).collect()
    });
    let mut board = BoardClient::new(talk);
    assert!(call(&mut board, "mult(1.0, 1.0)").contains("no answer to `mult` within 1500 ms"));
    assert_eq!(line.now(), 1500);
    assert_eq!(call(&mut board, "mult(2.0, 3.0)"), code(&expected[1]));
    assert_eq!(line.sent().len(), count);
}
