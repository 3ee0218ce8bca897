//! The generated server class, implemented in a subclass, with a typed client in Rust.

use std::collections::BTreeMap;

use peers::{Interpreter, Line, Peer};
use serialtalk::{CallError, Caller, Timeout};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::{SerialTalk, pty};

use crate::wide::{Chunk, IMU, Imu, Label, Mode, Nest, Pose, SpareClient, Spot, State, WideClient};
use crate::{Library, Module, with_each};

fn serve(
    module: &Module,
    interpreter: Interpreter,
    library: Library,
    role: &str,
) -> (Peer, WideClient<SerialTalk<PtyLink>>) {
    let mut talk = pty::open().unwrap();
    let server = module.run(interpreter, library, &Line::path(talk.link().path()), role);
    talk.set_timeout(Timeout::Ms(60_000));
    talk.ready(60_000).unwrap();
    (server, WideClient::new(talk))
}

#[test]
fn every_kind_of_command_is_served() {
    let Some(module) = Module::new("serving") else { return };
    with_each(|interpreter, library| {
        let (_server, mut wide) = serve(&module, interpreter, library, "server");
        assert_eq!(wide.mult(1.5, 2.0).unwrap(), 3.0);
        let numbers = (-1, u64::MAX, 0.1);
        assert_eq!(wide.numbers(numbers.0, numbers.1, numbers.2).unwrap(), numbers);
        assert!(wide.invert(false).unwrap());
        assert!(!wide.invert(true).unwrap());
        assert_eq!(wide.imu().unwrap(), IMU);
        assert_eq!(wide.mirror(IMU).unwrap(), Imu { x: 0.0, y: -0.125, z: -9.75 });
        assert_eq!(wide.place((300, -100), true, (1, 2, 3)).unwrap(), 206);
        assert_eq!(wide.mode(Mode::Fast).unwrap(), Mode::Fast);
        wide.reset().unwrap();
        assert_eq!(wide.greet("it's \"Eve\" €").unwrap(), "hello it's \"Eve\" €");
        assert_eq!(wide.sums(vec![1, -2, 70_000]).unwrap(), [69_999, 3]);
        assert_eq!(wide.sums(vec![5]).unwrap(), [5, 1]);
        assert_eq!(wide.sums(vec![]).unwrap(), [0, 0]);
        assert_eq!(wide.find("x", Some(3)).unwrap(), Some((3, "x".into())));
        assert_eq!(wide.find("x", None).unwrap(), None);
        assert_eq!(wide.way(("dock".into(), 3)).unwrap(), [("dock".into(), 3), ("dock!".into(), 4)]);
        assert_eq!(wide.state(State::Moving(3)).unwrap(), State::Idle);
        let at = State::At { metres: 1.5, before: vec![("Moving".into(), 4)] };
        assert_eq!(wide.state(State::Moving(4)).unwrap(), at);
        let words = |words: &[(&str, u8)]| -> BTreeMap<String, u8> {
            words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect()
        };
        assert_eq!(wide.counts(words(&[("a", 1)])).unwrap(), words(&[("a", 1), ("more", 1)]));
        assert_eq!(wide.maybe(Some((1, 2))).unwrap(), Some((2, 1)));
        assert_eq!(wide.maybe(None).unwrap(), None);
        assert_eq!(wide.corners(["a".into(), "b".into()]).unwrap(), ["b", "a"]);
        for bytes in [&b"\x00<>\xff"[..], b"\x03", b""] {
            assert_eq!(wide.reflect(bytes).unwrap(), bytes);
        }
        assert_eq!(wide.shout("it").unwrap(), "IT");
        assert_eq!(wide.shout("i").unwrap(), "I");
        assert_eq!(wide.widen(-1, 300).unwrap(), 299.5);
        assert_eq!(wide.label("left").unwrap(), "LEFT");
        let label = |text: &str, number| Label { text: text.try_into().unwrap(), number };
        assert_eq!(wide.labels(label("ab", 3), label("cdef", 4)).unwrap(), 7);
        wide.set_color(vec![255, 128, 0]).unwrap();
        let pose = wide.pose(Pose { heading: -1, place: Some('a') }, 3).unwrap();
        assert_eq!(pose, Pose { heading: 2, place: Some('a') });
        wide.log("one-way").unwrap();
        assert_eq!(wide.calibrate(false).unwrap(), Imu { x: 1.0, y: 2.0, z: 3.0 });
        assert_eq!(wide.r#yield(1, 2).unwrap(), 3);
        assert_eq!(wide.register().unwrap(), "'reset', b'\\xff\\x80\\x00', 'one-way'");

        for count in [0, 1, 2, 200] {
            let bytes: Vec<u8> = (0..count).collect();
            assert_eq!(wide.store(4096, &bytes).unwrap(), 4096 + u32::from(count));
            assert_eq!(wide.load(count).unwrap(), bytes);
            assert_eq!(wide.join(b"", bytes.clone()).unwrap(), bytes);
        }
        assert_eq!(wide.join(b"ab", b"c".to_vec()).unwrap(), b"abc");
        let inverted = wide.invert_chunk(Chunk { at: 1, data: vec![0, 0xf0] }).unwrap();
        assert_eq!(inverted, Chunk { at: 65534, data: vec![0xff, 0x0f] });

        let spot = |number, lit| Spot { number, lit };
        let nest = |lit, pair| Nest { spot: spot(7, lit), pair, mode: 3 };
        assert_eq!(wide.nest(nest(true, (1, 2))).unwrap(), nest(false, (2, 1)));
        assert_eq!(wide.spots(vec![]).unwrap(), []);
        assert_eq!(wide.spots(vec![spot(1, true)]).unwrap(), [spot(1, true)]);
        let spots = [spot(1, true), spot(2, false)];
        assert_eq!(wide.spots(spots.to_vec()).unwrap(), [spots[1], spots[0]]);

        let mut spare = SpareClient::connect(wide.caller_mut()).unwrap();
        assert_eq!(spare.spare_sum((40, 2)).unwrap(), 42);
    });
}

#[test]
fn exceptions_and_invalid_values_are_errors() {
    let Some(module) = Module::new("refusing") else { return };
    with_each(|interpreter, library| {
        let (_server, mut wide) = serve(&module, interpreter, library, "server");
        let error = wide.calibrate(true).unwrap_err();
        assert_eq!(refusal(error), "Command failed: too fast");
        // 300 does not fit u8, and is not truncated.
        assert_eq!(
            refusal(wide.patient().unwrap_err()),
            "Command failed: patient: 300 does not fit B (0 to 255)"
        );
        let error = wide.caller_mut().call::<i16>("place", (1i16, 2i16)).unwrap_err();
        assert_eq!(refusal(error), "Command failed: takes 6 values, got 2");
    });
}

#[test]
fn a_command_that_is_not_implemented_is_refused() {
    let Some(module) = Module::new("bare") else { return };
    with_each(|interpreter, library| {
        let (_server, mut wide) = serve(&module, interpreter, library, "bare");
        let names: Vec<_> = wide.caller_mut().remote_commands().unwrap();
        for command in crate::wide::WIDE_INTERFACE.commands {
            assert!(names.iter().any(|name| name == command.name), "no {} in {names:?}", command.name);
        }
        assert_eq!(
            refusal(wide.mult(1.0, 2.0).unwrap_err()),
            "Command failed: WideServer.mult is not implemented: override it"
        );
    });
}

fn refusal<L: std::fmt::Debug, E: std::fmt::Debug>(error: CallError<L, E>) -> String {
    match error {
        CallError::Refused { error, .. } => error.text().to_owned(),
        other => panic!("not refused, but {other:?}"),
    }
}
