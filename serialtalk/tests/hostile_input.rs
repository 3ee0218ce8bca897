//! Any bytes may arrive: no panic, no endless loop, no unbounded allocation.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "support/decoding.rs"]
mod decoding;
#[path = "support/value_size.rs"]
mod value_size;

use std::collections::BTreeMap;

use decoding::{Arguments, arguments, decode, repr, sole, under};
use proptest::prelude::*;
use serialtalk::link::{Link, Received};
use serialtalk::proto::{FrameDecoder, MAX_FRAME};
use serialtalk::{Commands, Decode, SerialTalk, Value};
use value_size::size;

/// Payloads of every kind, as peers send them.
fn golden() -> Vec<Vec<u8>> {
    vec![
        b"\x01z".to_vec(),
        b"\0".to_vec(),
        under("ff", &[0, 0, 192, 63, 0, 0, 0, 64]),
        under("<Bi", &[1, 2, 0, 0, 0]),
        under("bl", &[1, 0, 0, 0, 2, 0, 0, 0]),
        under("B3si", b"\x09abc\x07\0\0\0"),
        under("5p2xe?", b"\x03abc\0\0\0\0\x3e\x01"),
        repr("(1, -2.5e-3, 'a\\x62\\'', b'\\xff', None, True)"),
        repr("({'a': [1, (2,)]}, {3, 4}, set(), float('-inf'))"),
        repr("(OrderedDict([('a', 1)]), P(x=1, y=2), array('B', [1]), bytearray(b'a'))"),
        b"\x03rawabc".to_vec(),
        b"\x04post\x05\x06\x07".to_vec(),
        b"read?".to_vec(),
    ]
}

/// Decodes a payload to values of every kind of type.
fn decode_to_everything(payload: &[u8]) {
    fn one<T: for<'a> Decode<'a>>(payload: &[u8]) {
        let _ = sole::<T>(payload);
        let _ = arguments::<(T,)>(payload);
        let _ = arguments::<(T, T)>(payload);
    }
    fn some<T: Arguments>(payload: &[u8]) {
        let _ = arguments::<T>(payload);
    }
    one::<u8>(payload);
    one::<i64>(payload);
    one::<u128>(payload);
    one::<f32>(payload);
    one::<f64>(payload);
    one::<bool>(payload);
    one::<char>(payload);
    one::<String>(payload);
    one::<heapless::String<3>>(payload);
    one::<Vec<u8>>(payload);
    one::<[u8; 3]>(payload);
    one::<Vec<i16>>(payload);
    one::<heapless::Vec<f32, 2>>(payload);
    one::<[[u16; 2]; 2]>(payload);
    one::<()>(payload);
    one::<Vec<()>>(payload);
    one::<Option<u8>>(payload);
    one::<Option<(u8, Option<f32>)>>(payload);
    one::<Vec<(String, Option<Vec<u8>>)>>(payload);
    one::<BTreeMap<String, Value>>(payload);
    one::<BTreeMap<u8, Vec<[f64; 1]>>>(payload);
    one::<Value>(payload);
    some::<(f32, f32)>(payload);
    some::<(u8, String, Option<Value>, Vec<u8>)>(payload);
    let _ =
        decode(payload, |decoder| Ok(decoder.argument::<&str>()?.len() + decoder.argument::<&[u8]>()?.len()));
    let _ = decode(payload, |decoder| decoder.rest());
    // Every value takes at least one byte of the payload.
    assert!(size(&Value::from_payload(payload)) <= 2 * payload.len() + 2, "{payload:?}");
}

/// A link that delivers `arriving`, and keeps what is sent.
#[derive(Default)]
struct Recorder {
    arriving: Vec<u8>,
    sent: Vec<u8>,
}

impl Link for Recorder {
    type Error = core::convert::Infallible;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Self::Error> {
        let count = buffer.len().min(self.arriving.len());
        for (to, from) in buffer.iter_mut().zip(self.arriving.drain(..count)) {
            *to = from;
        }
        Ok(if count == 0 { Received::Nothing } else { Received::Bytes(count) })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.sent.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// The number of frames in `bytes`, which must consist of reply frames.
fn count_frames(bytes: &[u8]) -> usize {
    let mut decoder = FrameDecoder::<258>::new();
    let mut count = 0;
    for byte in bytes {
        decoder.recv_buf()[0] = *byte;
        decoder.commit(1);
        while let Some(found) = decoder.next(false, |stray| panic!("{stray:?} is sent outside frames")) {
            assert!(found.size() <= MAX_FRAME);
            let frame = decoder.frame(found).unwrap();
            assert!(frame.name.ends_with(b"ack") || frame.name.ends_with(b"err"));
            count += 1;
        }
    }
    assert!(!decoder.is_partial(), "half a frame is sent");
    count
}

/// Delivers `bytes` in chunks to a server with commands of every kind; returns what it sends.
fn serve<const N: usize>(bytes: &[u8], chunk: usize) -> Vec<u8> {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands.add("text", |text: String, list: Option<Vec<u8>>| (text, list)).unwrap();
    commands.add("x", |value: Value| value).unwrap();
    commands.add("fails", |value: i8| Err::<u8, _>(value.to_string())).unwrap();
    commands.module("m", |module| module.add("more", |value: f64| value)).unwrap();
    let clock: fn() -> u32 = || 0;
    let mut talk =
        SerialTalk::new(Recorder::default(), clock).serve(commands).max_frame::<N>().keep_stray::<16>();
    for chunk in bytes.chunks(chunk) {
        talk.link_mut().arriving.extend_from_slice(chunk);
        for _ in 0..=chunk.len() {
            talk.process().unwrap();
        }
    }
    talk.into_link().sent
}

fn frame(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let length = 1 + name.len() + payload.len();
    [&[b'<', length as u8, name.len() as u8], name, payload, b">"].concat()
}

#[test]
fn every_truncation_of_a_payload() {
    for payload in golden() {
        for length in 0..=payload.len() {
            decode_to_everything(&payload[..length]);
            decode_to_everything(&payload[length..]);
        }
    }
}

#[test]
fn every_changed_byte_of_a_payload() {
    for payload in golden() {
        for place in 0..payload.len() {
            for value in [
                0,
                1,
                b'(',
                b')',
                b'\'',
                b'\\',
                b',',
                b'0',
                b'e',
                b'[',
                b'}',
                127,
                128,
                255,
                payload[place] ^ 1,
            ] {
                let mut payload = payload.clone();
                payload[place] = value;
                decode_to_everything(&payload);
            }
        }
    }
}

#[test]
fn long_repetitive_literals() {
    let patterns = [
        "(",
        "[",
        "{",
        ")",
        "((),",
        "[[],",
        "{1:",
        "{1,",
        "set(",
        "set([",
        "dict(",
        "P(x=",
        "array('B',[",
        "bytearray(",
        "deque([",
        "OrderedDict([(",
        "'",
        "\"",
        "'' ",
        "b'' ",
        "\\",
        "'\\",
        "-",
        "+",
        "0",
        "9",
        "0x",
        "1_",
        "1e",
        "e",
        ".",
        "None",
        "None,",
        "True,",
        "a.",
        "a=",
        "float(",
        "float('",
        ",",
        " ",
        "\n",
        "\0",
        "é",
    ];
    for pattern in patterns {
        for start in ["", "(", "({", "('", "([(1,), "] {
            let mut text = start.to_owned();
            while text.len() + pattern.len() <= 248 {
                text += pattern;
            }
            decode_to_everything(&repr(&text));
        }
    }
}

#[test]
fn long_repetitive_formats() {
    for pattern in [
        "0s", "0i", "s", "x", "0x", "p", "0", "9", " ", "65535s", "0q0b", "l", "n", "?", "c", "b0q", "\u{ff}",
    ] {
        for prefix in ["", "<", ">", "@"] {
            let mut format = prefix.to_owned();
            while format.len() + pattern.len() <= 120 {
                format += pattern;
                if format.len() < 8 || format.len() + pattern.len() > 120 {
                    decode_to_everything(&under(&format, &[]));
                }
            }
            for length in [1, 60, 120] {
                decode_to_everything(&under(&format, &vec![0xff; length]));
            }
        }
    }
}

#[test]
fn every_changed_byte_of_a_command() {
    let commands: [(&[u8], &[u8]); 7] = [
        (b"mult", b"\x02ff\0\0\xc0?\0\0\0@"),
        (b"text", b"\x04repr('a', [1])"),
        (b"echo", b"\x04repr(1, 'a')"),
        (b"get_nth_command", b"\x01B\x00"),
        (b"module", b"\x011sm"),
        (b"fails", b"\x01b\x05"),
        (b"raw echo", b"\x03rawabc"),
    ];
    for (name, payload) in commands {
        let good = frame(name, payload);
        for place in 0..good.len() {
            for value in 0..=255 {
                let mut bytes = good.clone();
                bytes[place] = value;
                let sent = serve::<258>(&bytes, bytes.len());
                assert!(count_frames(&sent) <= 1, "{bytes:?} is answered by {sent:?}");
                count_frames(&serve::<32>(&bytes, 5));
            }
        }
    }
}

#[test]
fn names_of_every_length() {
    for length in 0..=254 {
        for name in
            [vec![b'n'; length], vec![b'<'; length], vec![0xff; length], b"ack".repeat(85)[..length].to_vec()]
        {
            let bytes = frame(&name, b"");
            count_frames(&serve::<258>(&bytes, bytes.len()));
            count_frames(&serve::<32>(&bytes, 7));
            count_frames(&serve::<64>(&bytes, 1));
        }
    }
}

/// Text in which brackets, quotes and words of Python are common.
fn text() -> impl Strategy<Value = String> {
    let words = [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        ":",
        "=",
        "'",
        "\"",
        "\\",
        "\\x4",
        "\\u20ac",
        "b'",
        "1",
        "-1",
        "1.5",
        "1e999",
        "0x1f",
        "None",
        "True",
        "nan",
        "inf",
        "float('inf')",
        "set()",
        "set([",
        "frozenset({",
        "OrderedDict([(",
        "array('B', [",
        "P(x=",
        "bytearray(b'a')",
        "'text'",
        "b'bytes'",
        "é",
        " ",
        "\n",
        ".",
        "+",
        "_",
        "j",
    ];
    proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..30)
        .prop_map(|words| words.concat())
}

/// Payloads that are nearly valid.
fn payload() -> impl Strategy<Value = Vec<u8>> {
    let bytes = || proptest::collection::vec(any::<u8>(), 0..60);
    let structure = ("[@<>=!]?([0-9]{0,2}[ xcbB?hHiIlLqQefdspnNPOSz]){0,6}", bytes())
        .prop_map(|(format, data)| under(&format, &data));
    let of_one_byte = (any::<u8>(), 0usize..250).prop_map(|(byte, count)| vec![byte; count]);
    let changed = (proptest::sample::select(golden()), any::<proptest::sample::Index>(), any::<u8>())
        .prop_map(|(mut payload, at, value)| {
            let at = at.index(payload.len());
            payload[at] = value;
            payload
        });
    prop_oneof![text().prop_map(|text| repr(&text)), structure, bytes(), of_one_byte, changed]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn payloads_do_no_harm(payload in payload()) {
        decode_to_everything(&payload);
    }

    #[test]
    fn commands_are_answered_by_frames_only(
        commands in proptest::collection::vec(
            (
                prop_oneof![
                    proptest::sample::select(vec![
                        "mult", "text", "x", "fails", "more", "echo", "raw echo", "module", "get_num_commands", "get_nth_command",
                        "get_version", "enable repl", "disable repl", "nope", "xack", "multerr", "ackerr",
                    ])
                    .prop_map(|name| name.as_bytes().to_vec()),
                    proptest::collection::vec(any::<u8>(), 0..12),
                ],
                payload(),
            ),
            1..4,
        ),
        noise in proptest::collection::vec(any::<u8>(), 0..20),
        chunk in 1usize..60,
    ) {
        let mut bytes = vec![];
        for (name, mut payload) in commands {
            payload.truncate(254 - name.len());
            bytes.extend(frame(&name, &payload));
            bytes.extend_from_slice(&noise);
        }
        let sent = serve::<258>(&bytes, chunk);
        count_frames(&sent);
        prop_assert_eq!(&serve::<258>(&bytes, bytes.len()), &sent, "the size of the chunks makes no difference");
        count_frames(&serve::<32>(&bytes, chunk));
    }

    #[test]
    fn noise_is_answered_by_frames_only(bytes in proptest::collection::vec(any::<u8>(), 0..400), chunk in 1usize..60) {
        count_frames(&serve::<258>(&bytes, chunk));
        count_frames(&serve::<33>(&bytes, chunk));
    }
}
