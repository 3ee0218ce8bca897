//! Frames that are sent, compared with those of CPython byte for byte.

use core::sync::atomic::{AtomicU32, Ordering};

use peers::vectors::{CPYTHON, Direction, Vector, load};
use serialtalk::proto::Endpoint;
use serialtalk::{Arguments, Caller, EncodeError, FormatError, SerialTalk, Value};

use crate::deviations::Deviations;
use crate::wire::{Recorder, frames, header, shown};

/// Calls in every format that can be sent, and values that do not fit it.
#[test]
fn calls_are_sent_as_cpython_sends_them() {
    let mut deviations = Deviations::of("encode");
    let mut sent = 0;
    for vector in load() {
        if vector.who != CPYTHON || vector.direction != Direction::Encode || vector.method {
            continue;
        }
        let Some((name, format, arguments)) = parse(vector.call.as_deref().unwrap_or_default()) else {
            continue;
        };
        let ours = match write(&name, &format, &arguments) {
            Ok(bytes) => {
                sent += 1;
                shown(&bytes)
            }
            // Formats that are never sent.
            Err(EncodeError::Format(FormatError::Code(_) | FormatError::Padding)) => continue,
            Err(_) => "refused".into(),
        };
        deviations.compare(&vector.id, &ours, &written(&vector, &format));
    }
    deviations.finish(85);
    assert!(sent >= 60, "only {sent} calls were sent");
}

/// The bytes that CPython wrote; `refused` if it wrote nothing, or could not pack the values.
fn written(vector: &Vector, format: &str) -> String {
    let bytes = vector.bytes.as_deref().unwrap_or_default();
    let is_packed = match frames(bytes).pop() {
        Some((_, payload)) if vector.call.as_deref().is_some_and(|call| call.contains(", ")) => {
            header(&payload).get(1..) == Some(format.as_bytes())
        }
        // Without arguments.
        Some(_) => true,
        // A name that is not ASCII has a wrong length.
        None => !bytes.is_empty(),
    };
    if is_packed { shown(bytes) } else { "refused".into() }
}

/// The frame that is sent for a call.
fn write(name: &str, format: &str, arguments: &Arguments) -> Result<Vec<u8>, EncodeError> {
    let mut endpoint = Endpoint::<258, 0>::new();
    endpoint.write_oneway(name, |payload| payload.values_as(arguments, format))?;
    Ok(endpoint.transmit().to_vec())
}

/// The name, the format and the values of a call that has a format or no arguments at all.
fn parse(call: &str) -> Option<(String, String, Arguments)> {
    let Value::Tuple(mut values) = Value::from_literal(&format!("({},)", computed(call)))? else {
        return None;
    };
    let format = match values.get(1) {
        None => "repr".into(),
        Some(Value::Str(format)) => format.clone(),
        Some(_) => return None,
    };
    let arguments = Arguments(values.drain(1..).skip(1).collect());
    let Some(Value::Str(name)) = values.pop() else { return None };
    Some((name, format, arguments))
}

/// A call in which `1<<70` and `'q'*300` are replaced by their values.
fn computed(call: &str) -> String {
    if let Some((before, bits)) = call.split_once("1<<") {
        return format!("{before}{}", 1i128 << bits.parse::<u32>().expect("a number of bits"));
    }
    let Some((before, after)) = call.split_once("'*") else { return call.into() };
    let digits = after.find(|character: char| !character.is_ascii_digit()).unwrap_or(after.len());
    let (count, after) = after.split_at(digits);
    let (before, character) = before.split_at(before.len() - 1);
    format!("{before}{}'{after}", character.repeat(count.parse().expect("a count")))
}

#[test]
fn calls_of_builtin_commands_are_those_of_cpython() {
    type Talk = SerialTalk<Recorder, fn() -> u32>;
    type Call = fn(&mut Talk);
    let calls: [(&str, Call); 6] = [
        ("met-000", |talk| drop(talk.add_module("vecmod"))),
        ("met-001", |talk| drop(talk.add_module("a"))),
        ("met-002", |talk| drop(talk.remote_commands())),
        ("met-003", |talk| drop(talk.call::<u16>("get_num_commands", ()))),
        ("met-004", |talk| drop(talk.call::<String>("get_nth_command", (0u8,)))),
        ("met-006", |talk| drop(talk.call::<()>("disable repl", ()))),
    ];
    let vectors = load();
    for (id, call) in calls {
        let mut talk = Talk::new(Recorder::default(), now);
        call(&mut talk);
        let recorded =
            vectors.iter().find(|vector| vector.who == CPYTHON && vector.id == id).expect("recorded");
        let expected = recorded.bytes.as_deref().unwrap_or_default();
        assert_eq!(shown(&talk.link().sent), shown(expected), "{id}: {:?}", recorded.call);
    }
}

/// A clock that advances with each reading, so that calls time out at once.
fn now() -> u32 {
    static NOW: AtomicU32 = AtomicU32::new(0);
    NOW.fetch_add(100, Ordering::Relaxed)
}
