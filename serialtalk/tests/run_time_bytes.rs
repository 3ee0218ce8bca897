//! Bytes whose number is known at run time only: packed under `Ns`, the number in the format of each frame.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "support/decoding.rs"]
mod decoding;
#[path = "support/encoding.rs"]
mod encoding;
#[allow(dead_code, reason = "shared by several tests")]
#[path = "support/scripted.rs"]
mod scripted;
mod support;

use std::thread;

use decoding::{arguments, repr, sole, under};
use encoding::in_python;
use proptest::prelude::*;
use scripted::{Line, parts, with_echo};
use serialtalk::proto::serve;
use serialtalk::{CallError, Caller, EncodeError, FrameTooLong, SerialTalk, Value};
use support::{clock, pair};

/// A store of bytes.
#[serialtalk::interface]
trait Store {
    fn write(&mut self, address: u32, chunk: &[u8]) -> u32;
    fn read(&mut self, count: u16) -> Vec<u8>;
    fn swap(&mut self, first: &[u8], second: Vec<u8>) -> (Vec<u8>, Vec<u8>);
    fn sum(&mut self, data: heapless::Vec<u8, 300>, start: u32) -> u32;
    fn mark(&mut self, data: &[u8], mark: u8) -> Record;
    #[command(raw)]
    fn upload(&mut self, block: &[u8]);
    fn label(&mut self, label: Option<&[u8]>);
}

/// A struct with bytes in it.
#[derive(Value, Debug, Clone, PartialEq)]
struct Record {
    mark: u8,
    data: Vec<u8>,
    sum: u16,
}

struct Memory;

impl Store for Memory {
    fn write(&mut self, address: u32, chunk: &[u8]) -> u32 {
        address + chunk.len() as u32
    }

    fn read(&mut self, count: u16) -> Vec<u8> {
        vec![7; count.into()]
    }

    fn swap(&mut self, first: &[u8], second: Vec<u8>) -> (Vec<u8>, Vec<u8>) {
        (second, first.to_vec())
    }

    fn sum(&mut self, data: heapless::Vec<u8, 300>, start: u32) -> u32 {
        data.iter().map(|byte| u32::from(*byte)).sum::<u32>() + start
    }

    fn mark(&mut self, data: &[u8], mark: u8) -> Record {
        Record { mark, data: data.to_vec(), sum: data.iter().map(|byte| u16::from(*byte)).sum() }
    }

    fn upload(&mut self, _block: &[u8]) {}

    fn label(&mut self, _label: Option<&[u8]>) {}
}

/// The payload of the reply of a [`Memory`] to a command.
fn served(name: &str, payload: &[u8]) -> Vec<u8> {
    let mut buffer = [0; 258];
    let reply = serve(&mut StoreServer::new(Memory), name, &mut payload.to_vec(), &mut buffer);
    reply.expect("the reply fits").payload.to_vec()
}

#[test]
fn the_length_is_written_in_the_format_of_the_frame() {
    assert_eq!(encoding::arguments(b"abc".as_slice()), b"\x023sabc");
    assert_eq!(encoding::arguments(&vec![1u8]), b"\x021s\x01");
    assert_eq!(encoding::arguments(&heapless::Vec::<u8, 4>::new()), b"\x020s");
    assert_eq!(encoding::arguments(&(7u32, b"ab".as_slice())), b"\x03I2s\x07\0\0\0ab");
    assert_eq!(encoding::arguments(&(b"a".as_slice(), Vec::<u8>::new(), *b"xyz")), b"\x061s0s3saxyz");
    assert_eq!(encoding::arguments(&[b"ab".as_slice(), b"c"]), b"\x042s1sabc");
    let long = encoding::arguments(&(7u32, vec![9u8; 200]));
    assert_eq!(long, [b"\x05I200s\x07\0\0\0".as_slice(), &[9; 200]].concat());
    assert_eq!(encoding::value(&vec![5u8; 12]), [b"\x0312s".as_slice(), &[5; 12]].concat());
    assert_eq!(in_python(&encoding::arguments(&(7u32, b"ab".as_slice()))), "(7, b'ab')");
    assert_eq!(in_python(&encoding::value(&vec![5u8])), "b'\\x05'", "bytes, though there is one");
}

#[test]
fn a_wider_value_after_such_bytes_makes_the_format_begin_with_its_order() {
    assert_eq!(encoding::arguments(&(b"ab".as_slice(), 7u8)), b"\x032sBab\x07");
    assert_eq!(encoding::arguments(&(b"ab".as_slice(), 7u16)), b"\x04<2sHab\x07\0", "though 2 is aligned");
    assert_eq!(encoding::arguments(&(b"".as_slice(), 7u16)), b"\x04<0sH\x07\0");
    assert_eq!(encoding::arguments(&(7u16, b"ab".as_slice())), b"\x03H2s\x07\0ab");
    let record = Record { mark: 1, data: b"ab".to_vec(), sum: 2 };
    assert_eq!(encoding::value(&record), b"\x05<B2sH\x01ab\x02\0");
    assert_eq!(sole(&encoding::value(&record)), Ok(record));
}

#[test]
fn bytes_inside_options_and_lists_are_literals() {
    assert_eq!(encoding::arguments(&(Some(b"ab".as_slice()),)), b"\x04repr(b'ab',)");
    assert_eq!(encoding::value(&vec![b"ab".to_vec()]), b"\x04repr([b'ab'],)");
    assert_eq!(encoding::arguments(&("a", b"b".as_slice())), b"\x04repr('a', b'b')");
}

#[test]
fn the_description_shows_a_star_for_the_length() {
    let format = |name| STORE_INTERFACE.command(name).map(|command| (command.format, command.return_format));
    assert_eq!(format("write"), Some(("I*s", "I")));
    assert_eq!(format("read"), Some(("H", "*s")));
    assert_eq!(format("swap"), Some(("*s*s", "*s*s")));
    assert_eq!(format("sum"), Some(("<*sI", "I")));
    assert_eq!(format("mark"), Some(("*sB", "<B*sH")));
    assert_eq!(format("upload"), Some(("raw", "")));
    assert_eq!(format("label"), Some(("repr", "")));
}

#[test]
fn every_encoding_of_bytes_is_accepted() {
    let written = |payload: &[u8]| in_python(&served("write", payload));
    for payload in [
        under("I3s", b"\x07\0\0\0abc"),
        under("<I3s", b"\x07\0\0\0abc"),
        under(">I3s", b"\0\0\0\x07abc"),
        under("I03s", b"\x07\0\0\0abc"),
        under("B3s", b"\x07abc"),
        repr("(7, b'abc')"),
        repr("(7, bytearray(b'abc'))"),
    ] {
        assert_eq!(written(&payload), "10", "{}", payload.escape_ascii());
    }
    let error = written(&under("I3B", b"\x07\0\0\0abc"));
    assert_eq!(
        error, "'Command failed: argument 2 (`chunk`): expected bytes, got an integer'",
        "nothing to borrow"
    );
    assert_eq!(written(&under("I0s", b"\x07\0\0\0")), "7");
    assert_eq!(written(&under("I1s", b"\x07\0\0\0a")), "8");
    assert_eq!(written(&under("I200s", &[0; 204])), "200");
    assert_eq!(
        in_python(&served("sum", &repr("([1, 2], 5)"))),
        "8",
        "lists of integers are vectors of bytes"
    );
    assert_eq!(in_python(&served("sum", &under("<2sI", b"\x01\x02\x05\0\0\0"))), "8");
    assert_eq!(in_python(&served("sum", &under("2si", b"\x01\x02\0\0\x05\0\0\0"))), "8", "padded by Python");
    assert_eq!(in_python(&served("upload", b"\x03rawabc")), "()");
    // Raw bytes where bytes are the only value.
    assert_eq!(sole::<Vec<u8>>(b"\x03rawabc"), Ok(b"abc".to_vec()));
    assert_eq!(sole::<heapless::Vec<u8, 3>>(b"\x03rawa").as_deref(), Ok(b"a".as_slice()));
    let error = sole::<heapless::Vec<u8, 2>>(&under("3s", b"abc"));
    assert_eq!(error.unwrap_err(), "argument 1: longer than 2");
}

#[test]
fn a_length_that_is_wrong_is_refused() {
    for payload in [
        under("I3s", b"\x07\0\0\0ab"),
        under("I3s", b"\x07\0\0\0abcd"),
        under("I*s", b"\x07\0\0\0abc"),
        under("Is", b"\x07\0\0\0"),
        under("I99999999999999999999s", b"\x07\0\0\0"),
        under("I-1s", b"\x07\0\0\0"),
        under("I3", b"\x07\0\0\0abc"),
    ] {
        let reply = in_python(&served("write", &payload));
        assert_eq!(
            reply,
            "'Command failed: argument 1 (`address`): expected an integer, got bytes'",
            "{}",
            payload.escape_ascii()
        );
    }
}

#[test]
fn bytes_are_sent_and_received_between_rust_peers() {
    let (host, board) = pair();
    let board = thread::spawn(move || SerialTalk::new(board, clock()).serve(StoreServer::new(Memory)).run());
    let mut store = StoreClient::new(SerialTalk::new(host, clock()));
    for len in [0, 1, 2, 9, 10, 99, 100, 200] {
        let chunk = vec![0xa5; len];
        assert_eq!(store.write(1000, &chunk).unwrap(), 1000 + len as u32);
        assert_eq!(store.read(len as u16).unwrap(), vec![7; len]);
        assert_eq!(store.sum(chunk.iter().copied().collect(), 1).unwrap(), 1 + 0xa5 * len as u32);
        assert_eq!(store.mark(&chunk, 3).unwrap().data, chunk);
        store.upload(&chunk).unwrap();
        let half = len / 2;
        assert_eq!(
            store.swap(&chunk[..half], vec![1; half]).unwrap(),
            (vec![1; half], chunk[..half].to_vec())
        );
    }
    drop(store);
    assert_eq!(board.join().unwrap(), Ok(()));
}

#[test]
fn a_constant_says_how_many_bytes_a_command_carries() {
    // LEN = 1 for NC + 5 for `write` + 1 for the length of the format + `I239s` + 4 + 239.
    assert_eq!(StoreClient::WRITE_MAX, 239);
    // LEN = 1 + 7 for `readack` + 1 + `242s` + 242: of the value, because no argument is bytes.
    assert_eq!(StoreClient::READ_MAX, 242);
    assert_eq!(StoreClient::SUM_MAX, 240);
    assert_eq!(StoreClient::UPLOAD_MAX, 244);
    let (talk, line) = Line::new(with_echo(|_, _| vec![]));
    let mut store = StoreClient::new(talk);
    assert!(store.write(0, &[0; StoreClient::WRITE_MAX]).unwrap_err().is_timeout());
    assert_eq!(line.sent().concat().len(), 258);
    assert!(matches!(store.write(0, &[0; StoreClient::WRITE_MAX + 1]), Err(CallError::Unsendable { .. })));
    assert_eq!(served("read", &under("H", b"\xf2\0")).len(), 1 + 4 + 242);
    assert!(in_python(&served("read", &under("H", b"\xf3\0"))).contains("259 bytes > frame of 258"));
}

#[test]
fn too_many_bytes_are_an_error_with_both_sizes_before_anything_is_sent() {
    let (talk, line) = Line::new(|_| vec![]);
    let mut store = StoreClient::new(talk);
    let error = store.sum(heapless::Vec::from_slice(&[0; 300]).unwrap(), 0).unwrap_err();
    let CallError::Unsendable { error: EncodeError::TooLong(sizes), .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*sizes, FrameTooLong { size: 3 + 1 + 3 + 1 + 6 + 300 + 4, limit: 258 });
    assert_eq!(
        error.to_string(),
        "the arguments of `sum` cannot be sent: a frame of 318 bytes is too long, at most 258 fit"
    );
    assert!(line.sent().is_empty());
}

#[test]
fn a_reply_that_is_too_long_is_an_error_with_both_sizes() {
    let (host, board) = pair();
    let board = thread::spawn(move || SerialTalk::new(board, clock()).serve(StoreServer::new(Memory)).run());
    let mut store = StoreClient::new(SerialTalk::new(host, clock()));
    let error = store.read(300).unwrap_err();
    let CallError::Refused { error: remote, .. } = &error else { panic!("{error:?}") };
    assert_eq!(remote.frame_too_long(), Some(FrameTooLong { size: 3 + 7 + 5 + 300 + 1, limit: 258 }));
    drop(store);
    assert_eq!(board.join().unwrap(), Ok(()));
}

#[test]
fn a_peer_with_a_smaller_buffer_says_both_sizes() {
    let (host, board) = pair();
    let board = thread::spawn(move || {
        SerialTalk::new(board, clock()).max_frame::<80>().serve(StoreServer::new(Memory)).run()
    });
    let mut store = StoreClient::new(SerialTalk::new(host, clock()));
    assert_eq!(store.write(0, &[0; 40]).unwrap(), 40);
    for (error, size) in [
        (store.write(0, &[0; 200]).map(drop).unwrap_err(), 3 + 5 + 6 + 4 + 200 + 1),
        (store.read(90).map(drop).unwrap_err(), 3 + 7 + 4 + 90 + 1),
    ] {
        let CallError::Refused { error, .. } = &error else { panic!("{error:?}") };
        assert_eq!(error.frame_too_long(), Some(FrameTooLong { size, limit: 80 }));
    }
    let other = store.caller_mut().call::<()>("nope", ()).unwrap_err();
    assert!(matches!(other, CallError::Refused { error, .. } if error.frame_too_long().is_none()));
    drop(store);
    assert_eq!(board.join().unwrap(), Ok(()));
}

#[test]
fn a_call_by_name_packs_bytes_too() {
    let (mut talk, line) = Line::new(with_echo(|_, _| vec![]));
    let _ = talk.call::<u32>("write", (7u32, b"ab".as_slice()));
    let _ = talk.call::<u32>("write", b"ab".as_slice());
    let sent = line.sent();
    let payloads: Vec<_> =
        sent.iter().map(|frame| parts(frame)).filter(|(name, _)| *name == "write").collect();
    assert_eq!(payloads[0].1, b"\x03I2s\x07\0\0\0ab");
    assert_eq!(payloads[1].1, b"\x022sab");
}

proptest! {
    #[test]
    fn bytes_beside_other_values_round_trip(
        first in proptest::collection::vec(any::<u8>(), 0..100),
        number in any::<i64>(),
        second in proptest::collection::vec(any::<u8>(), 0..100),
        last in any::<u16>(),
    ) {
        let payload = encoding::arguments(&(first.clone(), number, second.clone(), last));
        prop_assert_eq!(arguments(&payload), Ok((first.clone(), number, second.clone(), last)));
        let expected = format!("<{}sq{}sH", first.len(), second.len());
        prop_assert_eq!(&payload[1..=expected.len()], expected.as_bytes());
        // As a peer of this crate reads it, by the expected, and as any other peer does.
        let swap = encoding::arguments(&(first.as_slice(), second.as_slice()));
        prop_assert_eq!(sole(&served("swap", &swap)), Ok((second, first)));
    }
}
