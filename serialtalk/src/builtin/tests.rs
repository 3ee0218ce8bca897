extern crate alloc;
extern crate std;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::dynamic::Value;
use crate::frame::Frame;
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
    let number = find(name.as_bytes()).unwrap_or_else(|| panic!("{name} is no built-in command"));
    let mut wants_repl = catalog.wanted_repl;
    serve(number, Call::new(frame), catalog, &mut reply, &mut wants_repl);
    let size = reply.finish();
    assert_ne!(size, 0, "an answer fits");
    (buffer[3 + name.len() + 3..size - 1].to_vec(), wants_repl)
}

fn in_python(name: &str, payload: &[u8]) -> String {
    Value::from_payload(&answer(name, payload, &mut Two::default()).0).to_string()
}

#[test]
fn echo_sends_back_what_came_in_a_form_that_the_sender_reads() {
    for (payload, value) in [
        (b"\x01z".as_slice(), "()"),
        (b"", "()"),
        (b"\x02bf\x01\0\0\0\0\0 @", "(1, 2.5)"),
        (b"\x04repr(1,'a')", "(1, 'a')"),
        (b"\x04repr([1,2],)", "[1, 2]"),
        (b"\x04repr'a'", "'a'"),
        (b"\x04reprmath.sqrt(4)", "b'\\x04repr(math.sqrt(4),)'"),
        (b"\x03rawabc", "b'abc'"),
        (b"read?", "b'read?'"),
        (b"\x05", "b'\\x05'"),
        (b"\x01\x02\x03", "b'\\x01\\x02\\x03'"),
        (b"\x01i\x02", "b'\\x01i\\x02'"),
    ] {
        assert_eq!(in_python("echo", payload), value, "{payload:?}");
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
    assert!(NAMES.iter().all(|name| find(name.as_bytes()).is_some()) && find(b"first").is_none());
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
fn raw_echo_wants_a_value_and_loses_it() {
    for payload in
        [b"\x03rawabc".as_slice(), b"\x03raw", b"\x01B\x07", b"\x04repr(1,)", b"\x04repr([1],)", b"read?"]
    {
        assert_eq!(answer("raw echo", payload, &mut Two::default()).0, b"\0", "{payload:?}");
    }
    for payload in [b"\x01z".as_slice(), b"", b"\0", b"\x04repr()"] {
        let text = in_python("raw echo", payload);
        assert!(text.starts_with("'Command failed: "), "{payload:?}: {text}");
    }
}

proptest! {
    #[test]
    fn an_echo_decodes_to_what_was_sent(
        payload in prop_oneof![
            proptest::collection::vec(any::<u8>(), 2..200),
            ("[<>]?[bBhHiIqQfds2]{0,4}", proptest::collection::vec(any::<u8>(), 0..20))
                .prop_map(|(format, data)| [&[format.len() as u8], format.as_bytes(), &data].concat()),
            "[\\[\\](){},:'\" 0-9a-c.\\\\x-]{0,20}".prop_map(|text| [b"\x04repr", text.as_bytes()].concat()),
        ],
    ) {
        let sent = Value::from_payload(&payload);
        let back = Value::from_payload(&answer("echo", &payload, &mut Two::default()).0);
        match sent {
            Value::None => prop_assert_eq!(back, Value::Tuple(Vec::new())),
            // In the parentheses that keep Python from importing anything.
            _ if payload.starts_with(b"\x04repr") && payload.get(5) != Some(&b'(') && payload.len() > 5 => {
                let tuple = [b"\x04repr(", &payload[5..], b",)"].concat();
                prop_assert_eq!(back, Value::from_payload(&tuple));
            }
            // Python takes a header that is cut off for what is there of it.
            Value::Tuple(values) if values.is_empty() && usize::from(payload[0]) >= payload.len() => {
                prop_assert_eq!(back, Value::Bytes(payload));
            }
            // Python may unwrap it once more or once less; as text both are the same.
            sent => {
                let bare = |value: &Value| value.to_string().replace(['[', ']', '(', ')', ','], "");
                prop_assert_eq!(bare(&back), bare(&sent));
            }
        }
    }
}
