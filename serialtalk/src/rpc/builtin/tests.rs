//! What the built-in commands reply.

extern crate alloc;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::codec::dynamic::Value;
use crate::rpc::names::Names;

/// Two commands, and a module that may be loaded.
#[derive(Default)]
struct Two {
    is_loaded: bool,
}

impl CommandTable for Two {
    const NAMES: Names = Names::None;
    const SPAN: usize = 2;
    const HAS_MODULES: bool = true;

    fn count(&self) -> usize {
        2
    }

    fn nth(&self, index: usize) -> Option<&str> {
        ["first", "second"].get(index).copied()
    }

    fn find(&self, _name: &[u8]) -> Option<usize> {
        None
    }

    fn find_hash(&self, _hash: u32) -> Option<usize> {
        None
    }

    fn load(&mut self, name: &[u8]) -> bool {
        self.is_loaded = name == b"robot arm";
        self.is_loaded
    }
}

/// Serves a command; returns the payload of the reply, and whether the peer wants the command line then.
fn served(
    name: &str,
    payload: &[u8],
    table: &mut impl CommandTable,
    mut wants_repl: bool,
) -> (Vec<u8>, bool) {
    let mut payload = payload.to_vec();
    let mut buffer = [0; 258];
    let mut call = Call::new(name.as_bytes(), &mut payload);
    let mut reply = Reply::new(&mut buffer, name.as_bytes());
    let result = serve(&mut call, table, &mut reply, &mut wants_repl).expect("a built-in command");
    let size = reply.finish(&call, result);
    (buffer[3 + name.len() + 3..size - 1].to_vec(), wants_repl)
}

fn reply(name: &str, payload: &[u8]) -> Vec<u8> {
    served(name, payload, &mut Two::default(), false).0
}

fn in_python(name: &str, payload: &[u8]) -> String {
    Value::from_payload(&reply(name, payload)).to_string()
}

#[test]
fn the_echo_of_no_arguments_is_no_value() {
    for payload in [b"\x01z".as_slice(), b""] {
        assert_eq!(reply("echo", payload), b"\0");
        assert_eq!(in_python("echo", payload), "()");
    }
}

#[test]
fn python_imports_nothing_for_an_echo() {
    for text in ["math.sqrt(4)", "'a'", " (1,)"] {
        let payload = [b"\x04repr", text.as_bytes()].concat();
        assert_eq!(reply("echo", &payload), [b"\x03raw", payload.as_slice()].concat());
    }
}

#[test]
fn commands_are_listed_after_the_built_in_ones() {
    assert_eq!(reply("get_num_commands", b"\x01z"), b"\x01I\x0a\0\0\0");
    let names: Vec<_> = (0..11).map(|index| in_python("get_nth_command", &[1, b'B', index])).collect();
    let expected: Vec<_> =
        BUILTIN_NAMES.iter().chain(&["first", "second"]).map(|name| format!("'{name}'")).collect();
    assert_eq!(names[..10], expected);
    assert_eq!(names[10], "None");
    assert_eq!(in_python("get_nth_command", b"\x04repr(300,)"), "None");
    assert_eq!(in_python("get_nth_command", b"\x04repr(0,)"), "'enable repl'");
    let error = in_python("get_nth_command", b"\x04repr(-1,)");
    assert_eq!(error, "'Command failed: argument 1 (`value`): -1 does not fit u16 (0 to 65535)'");
    assert_eq!(in_python("get_nth_command", b"\x01z"), "'Command failed: expected 1 value(s), got 0'");
    let error = in_python("get_nth_command", b"\x022B\0\0");
    assert_eq!(error, "'Command failed: expected 1 value(s), got more'");
    assert_eq!(in_python("get_version", b"\x01z"), format!("'{VERSION}'"));
}

#[test]
fn other_names_are_not_built_in() {
    for name in ["first", "", "echoo", "ech", "Echo", "raw  echo", "echoack"] {
        let mut buffer = [0; 258];
        let mut reply = Reply::new(&mut buffer, name.as_bytes());
        let mut call = Call::new(name.as_bytes(), &mut []);
        assert_eq!(serve(&mut call, &mut Two::default(), &mut reply, &mut false), None, "{name}");
    }
}

#[test]
fn modules_are_loaded_if_they_are_declared() {
    for payload in [b"\x029srobot arm".as_slice(), b"\x04repr('robot arm',)", b"\x03rawrobot arm"] {
        let mut table = Two::default();
        assert_eq!(served("module", payload, &mut table, false).0, b"\0");
        assert!(table.is_loaded);
    }
    assert_eq!(in_python("module", b"\x022sos"), "'Command failed: no such module'");
    assert_eq!(in_python("module", b"\x01z"), "'Command failed: expected 1 value(s), got 0'");
    let error = in_python("module", b"\x01B\x05");
    assert_eq!(error, "'Command failed: argument 1 (`value`): expected text, got an integer'");
}

#[test]
fn a_table_without_modules_loads_none() {
    let (payload, _) = served("module", b"\x03rawrobot arm", &mut (), false);
    assert_eq!(Value::from_payload(&payload).to_string(), "'Command failed: no such module'");
}

#[test]
fn the_command_line_is_asked_for_and_given_back() {
    let table = &mut Two::default();
    for before in [false, true] {
        assert_eq!(served("enable repl", b"\x01z", table, before), (b"\0".to_vec(), true));
        assert_eq!(served("disable repl", b"\x01z", table, before), (b"\0".to_vec(), false));
        assert_eq!(served("get_version", b"\x01z", table, before).1, before);
    }
}

#[test]
fn a_raw_echo_has_no_value() {
    for payload in [b"\x03rawabc".as_slice(), b"\x01B\x07", b"\x04repr([1],)", b"read?", b"\x01z"] {
        assert_eq!(reply("raw echo", payload), b"\0", "{payload:?}");
    }
}

proptest! {
    #[test]
    fn every_other_payload_is_echoed_as_it_is(payload in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assume!(payload != b"\x01z" && !payload.is_empty() && !payload.starts_with(b"\x04repr"));
        prop_assert_eq!(reply("echo", &payload), &*payload);
        let literal = [b"\x04repr(", &*payload].concat();
        prop_assert_eq!(reply("echo", &literal), literal);
    }
}
