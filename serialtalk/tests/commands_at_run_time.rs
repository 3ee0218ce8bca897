//! Commands that are closures.
#![cfg(all(feature = "alloc", feature = "repr"))]

#[allow(dead_code, reason = "shared by several tests")]
#[path = "support/scripted.rs"]
mod scripted;

use scripted::{Line, frame, parts};
use serialtalk::proto::serve;
use serialtalk::{BadName, Commands, Value};

/// The reply to a command, as a Python peer decodes it.
fn reply(commands: &mut Commands, name: &str, payload: &[u8]) -> String {
    let mut buffer = [0; 258];
    let served = serve(commands, name, &mut payload.to_vec(), &mut buffer).unwrap();
    let value = Value::from_payload(served.payload).to_string();
    if served.is_error { format!("error: {value}") } else { value }
}

#[test]
fn the_types_of_a_closure_say_what_it_takes_and_returns() {
    let mut commands = Commands::new();
    commands.add("nothing", || ()).unwrap();
    commands.add("next", |n: u8| n + 1).unwrap();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands.add("join", |a: String, b: Option<String>| a + &b.unwrap_or_default()).unwrap();
    commands
        .add("all", |a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8| [a, b, c, d, e, f, g, h])
        .unwrap();
    commands.add("pair", |(a, b): (u8, u8)| (b, a)).unwrap();
    commands.add("reversed", |bytes: Vec<u8>| bytes.into_iter().rev().collect::<Vec<_>>()).unwrap();
    assert_eq!(reply(&mut commands, "nothing", b"\x01z"), "()");
    assert_eq!(reply(&mut commands, "next", b"\x01B\x07"), "8");
    assert_eq!(reply(&mut commands, "mult", b"\x04repr(2, 1.5)"), "3.0");
    assert_eq!(reply(&mut commands, "join", b"\x04repr('a', 'b')"), "'ab'");
    assert_eq!(reply(&mut commands, "join", b"\x04repr('a',)"), "'a'");
    assert_eq!(
        reply(&mut commands, "all", b"\x028B\x01\x02\x03\x04\x05\x06\x07\x08"),
        r"b'\x01\x02\x03\x04\x05\x06\x07\x08'"
    );
    assert_eq!(reply(&mut commands, "pair", b"\x04repr(1, 2)"), "(2, 1)");
    assert_eq!(reply(&mut commands, "reversed", b"\x023sabc"), "b'cba'");
    assert_eq!(reply(&mut commands, "absent", b"\x01z"), "error: 'Command not found: absent'");
}

#[test]
fn wrong_arguments_are_refused() {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands.add("nothing", || ()).unwrap();
    for (name, payload, error) in [
        ("mult", b"\x01z".as_slice(), "expected 2 value(s), got 0"),
        ("mult", b"\x01f\0\0\0\0", "expected 2 value(s), got 1"),
        ("mult", b"\x04repr(1, 2, 3)", "expected 2 value(s), got more"),
        ("mult", b"\x04repr(1, None)", "argument 2: expected a number, got None"),
        ("nothing", b"\x01B\x01", "expected 0 value(s), got more"),
    ] {
        assert_eq!(reply(&mut commands, name, payload), format!("error: 'Command failed: {error}'"));
    }
}

#[test]
fn an_error_is_sent_as_its_text() {
    let mut commands = Commands::new();
    commands.add("parse", |text: String| text.parse::<u8>()).unwrap();
    assert_eq!(reply(&mut commands, "parse", b"\x04repr('12',)"), "12");
    let error = "error: 'Command failed: invalid digit found in string'";
    assert_eq!(reply(&mut commands, "parse", b"\x04repr('x',)"), error);
}

#[test]
fn a_value_may_be_sent_in_a_chosen_format() {
    let mut commands = Commands::new();
    let payload = |commands: &mut Commands, name: &str| {
        let mut buffer = [0; 258];
        serve(commands, name, &mut [], &mut buffer).unwrap().payload.to_vec()
    };
    for (name, format) in [("short", ">h"), ("literal", "repr"), ("none", ""), ("byte", "B")] {
        commands.add_as(name, format, || 300u16).unwrap();
    }
    commands.add_as("raw", "raw", || "text").unwrap();
    assert_eq!(payload(&mut commands, "short"), b"\x02>h\x01\x2c");
    assert_eq!(payload(&mut commands, "literal"), b"\x04repr(300,)");
    assert_eq!(payload(&mut commands, "none"), b"\0");
    assert_eq!(payload(&mut commands, "raw"), b"\x03rawtext");
    let error = "error: 'Response packing failed: value 1 does not fit the format code `B`'";
    assert_eq!(reply(&mut commands, "byte", b""), error);
}

#[test]
fn a_dynamic_command_takes_anything() {
    let mut commands = Commands::new();
    commands.add_dynamic("list", Value::List).unwrap();
    assert_eq!(reply(&mut commands, "list", b"\x01z"), "[]");
    assert_eq!(reply(&mut commands, "list", b"\x03<Bf\x01\0\0\0\x3f"), "[1, 0.5]");
    assert_eq!(reply(&mut commands, "list", b"\x04repr('a', {1: [2]})"), "['a', {1: [2]}]");
    assert_eq!(reply(&mut commands, "list", b"\x03rawab"), "[b'ab']");
    let error = "error: 'Command failed: argument 1: not a Python literal'";
    assert_eq!(reply(&mut commands, "list", b"\x04repr(x,)"), error);
}

#[test]
fn a_command_that_is_added_again_replaces_the_earlier_one() {
    let mut commands = Commands::new();
    commands.add("n", || 1u8).unwrap();
    commands.add("n", || 2u8).unwrap();
    commands.add("get_version", || "mine").unwrap();
    assert_eq!(reply(&mut commands, "n", b""), "2");
    assert_eq!(reply(&mut commands, "get_version", b""), "'mine'", "it precedes a built-in command, too");
}

#[test]
fn a_name_that_cannot_be_sent_is_refused() {
    let mut commands = Commands::new();
    assert_eq!(commands.add("", || ()), Err(BadName::Empty));
    assert_eq!(commands.add("né", || ()), Err(BadName::NotAscii));
    assert_eq!(commands.add("a\n", || ()), Err(BadName::NotAscii));
    assert_eq!(commands.add("set color", || ()), Ok(()));
}

#[test]
fn the_longest_name_is_the_longest_that_can_be_answered() {
    let mut commands = Commands::new();
    assert_eq!(commands.add(&"n".repeat(251), || ()), Err(BadName::TooLong));
    let longest = "n".repeat(250);
    commands.add(&longest, || ()).unwrap();
    assert_eq!(reply(&mut commands, &longest, b"\0"), "()");
}

#[test]
fn an_endpoint_takes_commands_while_it_runs() {
    let (talk, line) = Line::new(|_| vec![]);
    let mut talk = talk.serve(Commands::new());
    talk.add_command("one", || 1u8).unwrap();
    talk.add_command_as("two", "H", || 2u8).unwrap();
    talk.commands().module("more", |more| more.add("three", || 3u8)).unwrap();
    for (name, payload, reply) in [
        ("one", b"\x01z".as_slice(), b"\x01B\x01".as_slice()),
        ("two", b"\x01z", b"\x01H\x02\0"),
        ("get_num_commands", b"\x01z", b"\x01I\x0a\0\0\0"),
        ("module", b"\x03rawmore", b"\0"),
        ("get_num_commands", b"\x01z", b"\x01I\x0b\0\0\0"),
        ("three", b"\x01z", b"\x01B\x03"),
    ] {
        line.deliver(0, &frame(name, payload));
        talk.process().unwrap();
        let sent = line.sent().concat();
        assert_eq!(parts(&sent), (format!("{name}ack").as_str(), reply));
    }
}
