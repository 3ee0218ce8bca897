//! Calls of a hostile peer. The first byte says what is called, four more the time, the others what the peer does.

#![no_main]

use std::convert::Infallible;
use std::error::Error;
use std::fmt::Debug;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use serialtalk::{CallError, Caller, Decode, Encode, SerialTalk, Value, args};
use serialtalk_fuzz::board::{BOARD_INTERFACE, BoardClient, BoardServer, EXTRA_INTERFACE, Mirror};
use serialtalk_fuzz::line::{Line, Talk};
use serialtalk_fuzz::payloads::{assert_same, decode, encode};
use serialtalk_fuzz::types::{Choice, Config, Fault, Imu, Mode};
use serialtalk_hal::contract;

fuzz_target!(|input: &[u8]| {
    let mut input = Unstructured::new(input);
    let Ok([what, start]) = input.arbitrary::<[u8; 2]>() else { return };
    // The clock starts again at 0 in the middle of many a call.
    let start = u32::MAX.wrapping_mul(start.into()).wrapping_sub(300);
    let line = Line::new(input, Talk, start);
    let talk = SerialTalk::new(line.clone(), line.clone()).serve(BoardServer::new(Mirror)).keep_stray::<64>();
    let mut talk = talk.named("a line");
    if what & 128 != 0 {
        // As after a timeout: every call begins with `echo`.
        talk.forget_connection();
    }
    let limit_ms = call(what & 127, talk);
    let waited = line.time().wrapping_sub(start);
    assert!(waited <= limit_ms, "waited {waited} ms of {limit_ms}");
});

/// Makes one call or a few, and returns how long they may take, in milliseconds.
fn call(what: u8, mut talk: impl Caller<Error = Infallible>) -> u32 {
    match what {
        // How many calls these make is bounded by what the peer says.
        12 => shown(talk.remote_commands().map(drop)),
        13 => shown(talk.describe(7).map(drop)),
        14 => read_contract(&mut talk),
        15 => shown(talk.agree(&BOARD_INTERFACE, 500)),
        16 => shown(talk.agree(&EXTRA_INTERFACE, 500)),
        17 => {
            shown(talk.ready(700));
            return 700;
        }
        18 => {
            round_trip(talk.call_value("any", args![1, "a", ()]));
            return 1500;
        }
        19 => {
            round_trip(talk.call::<(u8, Value)>("x", (1u8, "a")));
            return 1500;
        }
        20 => {
            round_trip(talk.call::<Vec<Fault>>("x", ()));
            return 1500;
        }
        _ => return typed(what, &mut BoardClient::new(talk)),
    }
    u32::MAX
}

/// Calls a command of the trait.
fn typed(what: u8, board: &mut BoardClient<impl Caller<Error = Infallible>>) -> u32 {
    let config = || Config {
        name: "it's".into(),
        gain: Some(0.5),
        limits: [("a".into(), -1)].into(),
        mode: Choice::Named { bytes: vec![0, 255] },
    };
    match what {
        0 => round_trip(board.mult(0.5, -0.0)),
        1 => round_trip(board.imu(Imu { id: 1, position: (0.5, 1e300) }, Mode::Back)),
        2 => round_trip(board.block(7, b"bytes")),
        3 => round_trip(board.text("it's", Some(vec![-1, 0]))),
        4 => round_trip(board.fault(Fault::Text("a".into(), vec![1]))),
        5 => shown(board.config(config()).map(drop)),
        6 => round_trip(board.raw(b"raw")),
        7 => shown(board.postcard(config()).map(drop)),
        8 => {
            round_trip(board.set_color(300, -1));
            return 400;
        }
        9 => shown(board.log("text")),
        _ => match board.fails(-1) {
            Ok(value) => same_again(&value),
            Err(CallError::Failed { error, .. }) => same_again(&error),
            Err(error) => assert!(!format!("{error:?}").is_empty()),
        },
    }
    1500
}

/// A contract that is read is one, and can be kept.
fn read_contract(talk: &mut impl Caller<Error = Infallible>) {
    match contract::read(talk) {
        Ok(interface) => {
            let json = serde_json::to_string(&interface).unwrap();
            assert_eq!(serde_json::from_str::<contract::Interface>(&json).unwrap(), interface);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A value that is returned is the same after another round trip.
fn round_trip<T, E>(result: Result<T, CallError<Infallible, E>>)
where
    T: Encode + for<'a> Decode<'a> + PartialEq + Debug,
    E: Error + 'static,
{
    shown(result.map(|value| same_again(&value)));
}

fn same_again<T: Encode + for<'a> Decode<'a> + PartialEq + Debug>(value: &T) {
    let Some(sent) = encode(|payload| payload.value(value)) else { return };
    match decode(&sent, |decoder| decoder.sole::<T>()) {
        Ok(again) => assert_same(value, &again),
        Err(error) => panic!("{value:?} was sent as {sent:?}, and then: {error}"),
    }
}

/// An error says something, in bounded length.
fn shown<E: Error + 'static>(result: Result<(), CallError<Infallible, E>>) {
    if let Err(error) = result {
        let text = error.to_string();
        assert!(!text.is_empty() && text.len() < 8192, "{text}");
    }
}
