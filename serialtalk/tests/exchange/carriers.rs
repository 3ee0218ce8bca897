//! Calls and commands over carriers other than a serial line.

#[cfg(feature = "repr")]
use serialtalk::proto::{Carried, Carrier};

use super::*;

#[test]
#[cfg(feature = "repr")]
fn a_carrier_takes_payloads_and_returns_replies_as_they_are() {
    let (talk, line) = Line::new(with_echo(|name, payload| match name {
        "bad" => vec![(0, frame("baderr", b"\x04repr('Command failed: no',)"))],
        _ => vec![(0, frame(&format!("{name}ack"), payload))],
    }));
    let mut talk = talk.named("line 7");
    let reply = talk.call_raw(Command::new("copy"), b"\x01B\x07").unwrap();
    assert_eq!((reply.payload(), reply.is_error()), (&b"\x01B\x07"[..], false));
    let reply = talk.call_raw(Command::new("bad"), b"\x01z").unwrap();
    assert!(reply.is_error());
    talk.send_raw("copy", b"\x01B\x07").unwrap();
    assert_eq!(line.sent().last().unwrap(), &frame("copy", b"\x01B\x07"));

    // And a caller is made of any carrier.
    let mut caller = Carried(talk);
    caller.ready(1000).unwrap();
    assert_eq!(caller.call::<u8>("copy", (9u8,)).unwrap(), 9);
    let error = caller.call::<u8>("bad", ()).unwrap_err();
    assert_eq!(error.to_string(), "the peer rejected `bad`: no");
    assert_eq!((error.context().command(), error.context().link()), ("bad", "line 7"));
    let error = caller.call::<u8>("copy", "q".repeat(300).as_str()).unwrap_err();
    assert!(matches!(error, CallError::Unsendable { error: EncodeError::TooLong(_), .. }));
    caller.send("copy", (1u8,)).unwrap();
}

#[test]
fn a_service_is_served_by_name() {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    let mut buffer = [0; 258];
    let mut served = |name: &str, payload: &[u8]| {
        let mut payload = payload.to_vec();
        let served = serve(&mut commands, name, &mut payload, &mut buffer)?;
        Some((served.payload.to_vec(), served.is_error))
    };
    let two_floats = b"\x022f\0\0\xc0\x3f\0\0\0\x40";
    assert_eq!(served("mult", two_floats), Some((b"\x01f\0\0\x40\x40".to_vec(), false)));
    let (text, is_error) = served("mult", b"\x01z").unwrap();
    assert!(is_error && text.starts_with(b"\x04repr('Command failed: "), "{}", text.escape_ascii());
    let not_found = b"\x04repr('Command not found: nope',)".to_vec();
    assert_eq!(served("nope", b"\x01z"), Some((not_found, true)));
    assert_eq!(served("echo", b"\x01B\x07"), Some((b"\x01B\x07".to_vec(), false)));
    assert_eq!(served(&"n".repeat(260), b"\x01z"), None);
}
