//! Replies to recorded requests.

use peers::vectors::{CPYTHON, Direction, MICROPYTHON, Vector, load};
use serialtalk::{BadName, Commands, SerialTalk, Value};

use crate::deviations::Deviations;
use crate::wire::{Recorder, all_as_python, frames};

/// The commands that were served when the replies were recorded, filled up to the same number.
fn commands() -> Result<Commands, BadName> {
    let mut commands = Commands::new();
    let mut add =
        |name: &str, format: &str, value: Value| commands.add_as(name, format, move || value.clone());
    add("none", "", ().into())?;
    add("ret5", "", 5.into())?;
    add("ret5b", "b", 5.into())?;
    add("nonerepr", "repr", ().into())?;
    add("tuprepr", "repr", (1, "a").into())?;
    add("listrepr", "repr", [1, 2].into())?;
    add("braw", "raw", b"abc".into())?;
    add("sraw", "raw", "abc".into())?;
    add("bempty", "", b"abc".into())?;
    add("tupshort", "bb", Value::Tuple(vec![1.into()]))?;
    add("tuplong", "bb", (1, 2, 3).into())?;
    add("wrongtype", "i", "x".into())?;
    add("rd", "d", 0.1.into())?;
    add("infrepr", "repr", f64::INFINITY.into())?;
    add("big", "repr", "q".repeat(300).into())?;
    add("bigraw", "raw", vec![b'q'; 300].as_slice().into())?;
    add("emptyt", "repr", Value::Tuple(vec![]))?;
    add("r3s", "3s", b"abc".into())?;
    commands.add_as("mult", "f", |x: f64, y: f64| x * y)?;
    let mut fail = |name: &str, text: &str| {
        let text = text.to_owned();
        commands.add(name, move || Err::<(), _>(text.clone()))
    };
    fail("boom2", "")?;
    fail("zero", "integer division or modulo by zero")?;
    fail("boombig", &"q".repeat(300))?;
    fail("boomu", "\u{20ac}")?;
    commands.module("vecmod", |module| module.add("vec", || ()))?;
    for number in 31.. {
        if number == 39 {
            break;
        }
        commands.add(&format!("filler {number}"), || ())?;
    }
    Ok(commands)
}

/// What an endpoint sends when `bytes` arrive in chunks.
fn reply(bytes: &[u8], chunk: usize) -> Vec<u8> {
    let clock: fn() -> u32 = || 0;
    let mut talk = SerialTalk::new(Recorder::default(), clock).serve(commands().expect("good names"));
    for chunk in bytes.chunks(chunk) {
        talk.link_mut().arriving.extend_from_slice(chunk);
        for _ in 0..4 {
            talk.process().expect("the link is good");
        }
    }
    talk.into_link().sent
}

/// Everything that the caller received.
fn received(vector: &Vector) -> String {
    let all: Vec<_> = vector.decoded.iter().chain(&vector.sequence).cloned().collect();
    all.join(" ")
}

#[test]
fn replies_are_those_of_cpython() {
    let mut deviations = Deviations::of("serve");
    for vector in load().iter().filter(|vector| vector.who == CPYTHON && vector.direction == Direction::Serve)
    {
        // No command here ends the program.
        if vector.id == "srv-sysexit" {
            continue;
        }
        let bytes = vector.bytes.as_deref().unwrap_or_default();
        let ours = reply(bytes, bytes.len());
        deviations.compare(&vector.id, &all_as_python(&ours), &received(vector));
        for chunk in [1, 7] {
            assert_eq!(reply(bytes, chunk), ours, "{} in chunks of {chunk}", vector.id);
        }
    }
    deviations.finish(45);
}

/// Empty replies, for which CPython sends no payload.
#[test]
fn empty_replies_are_those_of_micropython() {
    let mut count = 0;
    for vector in
        load().iter().filter(|vector| vector.who == MICROPYTHON && vector.direction == Direction::Serve)
    {
        let recorded = vector.reply.as_deref().unwrap_or_default();
        if frames(recorded).pop().is_some_and(|(_, payload)| payload == b"\0") {
            let bytes = vector.bytes.as_deref().unwrap_or_default();
            assert_eq!(reply(bytes, bytes.len()), recorded, "{}", vector.id);
            count += 1;
        }
    }
    assert!(count >= 7, "only {count} replies");
}

/// A reply that a method of a SerialTalk has packed.
#[test]
fn packed_replies_are_those_of_cpython() {
    let mut commands = Commands::new();
    commands.add_as("x", "bb", || (1i8, 2i8)).unwrap();
    let clock: fn() -> u32 = || 0;
    let mut talk = SerialTalk::new(Recorder::default(), clock).serve(commands);
    talk.link_mut().arriving.extend_from_slice(b"<\x04\x01x\x01z>");
    talk.process().unwrap();
    let recorded = load().into_iter().find(|vector| vector.who == CPYTHON && vector.id == "met-010");
    assert_eq!(Some(talk.into_link().sent), recorded.and_then(|vector| vector.bytes));
}
