extern crate alloc;
extern crate std;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::dynamic::Value;
use crate::frame::Frame;
use crate::payload::REPR;
use crate::service::Names;

/// Two commands, and a module that may be loaded.
#[derive(Default)]
struct Two {
    is_loaded: bool,
    wanted_repl: bool,
}

impl Catalog for Two {
    const NAMES: Names = Names::List(&["first", "second"]);

    fn count(&self) -> usize {
        2
    }

    fn name(&self, number: usize) -> &[u8] {
        [&b"first"[..], b"second"].get(number).copied().unwrap_or_default()
    }

    fn find(&self, _name: &[u8]) -> Option<usize> {
        None
    }

    fn load(&mut self, name: &[u8]) -> bool {
        self.is_loaded = name == b"module of ours";
        self.is_loaded
    }
}

/// The payload of the reply to a command, and whether that asked for a command line.
fn answer(name: &str, payload: &[u8], catalog: &mut Two) -> (Vec<u8>, bool) {
    let mut payload = payload.to_vec();
    let mut buffer = [0; 258];
    let mut reply = Reply::new(&mut buffer, name.as_bytes());
    let frame = Frame { name: name.as_bytes(), payload: &mut payload };
    let mut wants_repl = catalog.wanted_repl;
    assert!(serve(Call::new(frame), catalog, &mut reply, &mut wants_repl), "{name} is a built-in command");
    let size = reply.finish();
    assert_ne!(size, 0, "an answer fits");
    (buffer[3 + name.len() + 3..size - 1].to_vec(), wants_repl)
}

fn in_python(name: &str, payload: &[u8]) -> String {
    Value::from_payload(&answer(name, payload, &mut Two::default()).0).to_string()
}

#[test]
fn no_arguments_are_echoed_as_none() {
    for payload in [b"\x01z".as_slice(), b""] {
        assert_eq!(answer("echo", payload, &mut Two::default()).0, b"\0");
        assert_eq!(in_python("echo", payload), "()");
    }
}

#[test]
fn python_imports_nothing_for_an_echo() {
    for text in ["math.sqrt(4)", "'a'", " (1,)"] {
        let payload = [b"\x04repr", text.as_bytes()].concat();
        assert_eq!(answer("echo", &payload, &mut Two::default()).0, [RAW, &payload].concat());
    }
}

#[test]
fn commands_are_listed_behind_the_builtin_ones() {
    assert_eq!(in_python("get_num_commands", b"\x01z"), "10");
    let names: Vec<_> = (0..11u8).map(|number| in_python("get_nth_command", &[1, b'B', number])).collect();
    let expected: Vec<_> = NAMES.iter().chain(&["first", "second"]).map(|name| format!("'{name}'")).collect();
    assert_eq!(names[..10], expected);
    assert_eq!(names[10], "None");
    assert_eq!(in_python("get_nth_command", b"\x04repr(300,)"), "None");
    assert_eq!(in_python("get_nth_command", b"\x04repr(0,)"), "'enable repl'");
    let error = in_python("get_nth_command", b"\x04repr(-1,)");
    assert_eq!(error, "'Command failed: argument 1 (`value`): -1 does not fit u16 (0 to 65535)'");
    assert_eq!(in_python("get_nth_command", b"\x01z"), "'Command failed: takes 1 argument(s), fewer came'");
    assert_eq!(in_python("get_version", b"\x01z"), format!("'{VERSION}'"));
    for (name, is_builtin) in NAMES.iter().map(|name| (*name, true)).chain([("first", false)]) {
        let frame = Frame { name: name.as_bytes(), payload: &mut [] };
        let mut buffer = [0; 258];
        let mut reply = Reply::new(&mut buffer, name.as_bytes());
        assert_eq!(
            serve(Call::new(frame), &mut Two::default(), &mut reply, &mut false),
            is_builtin,
            "{name}"
        );
    }
}

#[test]
fn modules_are_loaded_if_they_are_declared() {
    let mut catalog = Two::default();
    assert_eq!(answer("module", b"\x0314smodule of ours", &mut catalog).0, b"\0");
    assert!(catalog.is_loaded);
    assert_eq!(answer("module", b"\x04repr('module of ours',)", &mut catalog).0, b"\0");
    assert_eq!(answer("module", b"\x03rawmodule of ours", &mut catalog).0, b"\0");
    assert_eq!(in_python("module", b"\x022sos"), "'Command failed: no such module'");
    assert!(in_python("module", b"\x01z").starts_with("'Command failed: takes 1 argument(s)"));
    assert!(
        in_python("module", b"\x01B\x05").starts_with("'Command failed: argument 1 (`value`): expected text")
    );
}

#[test]
fn the_command_line_is_asked_for_and_given_back() {
    let two = &mut Two::default();
    for before in [false, true] {
        two.wanted_repl = before;
        assert_eq!(answer("enable repl", b"\x01z", two), (b"\0".to_vec(), true));
        assert_eq!(answer("disable repl", b"\x01z", two), (b"\0".to_vec(), false));
        assert_eq!(answer("get_version", b"\x01z", two).1, before);
    }
}

#[test]
fn raw_echo_loses_what_it_gets() {
    for payload in [b"\x03rawabc".as_slice(), b"\x01B\x07", b"\x04repr([1],)", b"read?", b"\x01z"] {
        assert_eq!(answer("raw echo", payload, &mut Two::default()).0, b"\0", "{payload:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_sent_is_echoed_as_it_is(payload in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assume!(payload != NO_ARGUMENTS && !payload.is_empty() && !payload.starts_with(REPR));
        prop_assert_eq!(answer("echo", &payload, &mut Two::default()).0, &*payload);
        let literal = [b"\x04repr(", &*payload].concat();
        prop_assert_eq!(answer("echo", &literal, &mut Two::default()).0, literal);
    }
}
