//! Calls of a peer that answers each command in order, late or not at all: no value is that of another call.
//!
//! The input is two bytes for each call: what is called, and how long it may take. The peer takes what it needs from behind.

#![no_main]

use std::convert::Infallible;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder};
use serialtalk::{CallError, Caller, EncodeError, SerialTalk, Timeout};
use serialtalk_fuzz::line::{Late, Line};

fuzz_target!(|input: &[u8]| {
    let (calls, peer) = input.split_at(input.len() / 2);
    let line = Line::new(Unstructured::new(peer), Late::default(), 0u32.wrapping_sub(3000));
    let mut talk = SerialTalk::new(line.clone(), line.clone());
    for (number, how) in (0u16..).zip(calls.chunks_exact(2)) {
        let &[what, time] = how else { return };
        let name = ["a", "b", "c", "d"][usize::from(what) % 4];
        let timeout_ms = 8 * u32::from(time);
        match what / 4 % 8 {
            0 => talk.send(name, (number,)).unwrap(),
            1 => line.pass(timeout_ms),
            2 => drop(talk.ready(timeout_ms)),
            3 => drop(talk.process()),
            kind => {
                let timeout = Some(Timeout::Ms(timeout_ms));
                let command = Command { timeout, idempotent: kind == 4, ..Command::new(name) };
                let write =
                    |out: &mut PayloadWriter<'_, '_>| -> Result<(), EncodeError> { out.values(&number) };
                let begun = line.time();
                match talk.call_with(command, write, ReplyDecoder::<u16, Infallible>::VALUE) {
                    Ok(value) => assert_eq!(value, number, "the value of another call of {name}"),
                    Err(CallError::Timeout { .. }) => {
                        assert_eq!(line.time().wrapping_sub(begun), timeout_ms, "a deadline was missed");
                    }
                    Err(error) => panic!("a good peer, and yet: {error:?}"),
                }
            }
        }
    }
});
