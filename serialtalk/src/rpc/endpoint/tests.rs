//! An endpoint as its drivers see it: bytes and the time go in, actions come out.

extern crate alloc;

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::rpc::command::Command;
use crate::rpc::error::{Awaited, Ran};
use crate::wire::frame::{FrameWriter, Head, split};

/// What an endpoint with buffers for the largest frames costs a board, beside the buffers.
#[test]
fn an_endpoint_takes_36_bytes_beside_its_two_buffers() {
    // Four more hold what errors tell of the peer, where there is an allocator for them.
    let told = if cfg!(feature = "alloc") { 4 } else { 0 };
    assert_eq!(size_of::<Endpoint<258, 0>>(), 2 * 258 + 36 + told);
}

fn no_arguments(payload: &mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> {
    payload.no_arguments();
    Ok(())
}

fn timed_out(waited_ms: u32, ran: Ran) -> Action {
    Action::Ended(NoReply::TimedOut { waited_ms, ran })
}

fn frame(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut buffer = [0; 258];
    let mut writer = FrameWriter::new(&mut buffer, Head::command(name));
    writer.put(payload);
    let size = writer.finish().unwrap();
    buffer[..size].to_vec()
}

fn receive<const N: usize>(endpoint: &mut Endpoint<N, 16>, bytes: &[u8], now: u32) -> usize {
    let buffer = endpoint.recv_buf();
    let count = buffer.len().min(bytes.len());
    buffer[..count].copy_from_slice(&bytes[..count]);
    endpoint.commit(count, now);
    count
}

#[test]
fn polling_drives_serving() {
    let mut endpoint = Endpoint::<64, 16>::new();
    assert_eq!(endpoint.poll(0), Action::Receive { wait_ms: None });
    let request = frame(b"get_version", b"\x01z");
    receive(&mut endpoint, &request[..5], 10);
    assert_eq!(endpoint.poll(110), Action::Receive { wait_ms: Some(400) });
    receive(&mut endpoint, &request[5..], 120);
    let Action::Serve(command) = endpoint.poll(120) else { panic!("the command has arrived") };
    endpoint.serve(command, &mut ());
    assert_eq!(endpoint.poll(120), Action::Transmit);
    assert_eq!(split(endpoint.transmit()).unwrap().0, b"get_versionack");
    endpoint.consume(4);
    assert_eq!(endpoint.poll(120), Action::Transmit);
    endpoint.consume(usize::MAX);
    assert_eq!(endpoint.poll(120), Action::Receive { wait_ms: None });
}

#[test]
fn polling_drives_a_call_and_serving_by_turns() {
    let mut endpoint = Endpoint::<64, 16>::new();
    let mut call = endpoint.begin_call(Command::new("imu"), 0);
    assert_eq!(endpoint.poll_call(&mut call, 0), Action::WriteArguments);
    endpoint.write_arguments(&mut call, no_arguments).unwrap();
    assert_eq!(call.awaited(), Awaited::Reply);
    assert_eq!(endpoint.poll_call(&mut call, 1), Action::Transmit);
    assert_eq!(endpoint.transmit(), frame(b"imu", b"\x01z"));
    endpoint.consume(endpoint.transmit().len());
    assert_eq!(endpoint.poll_call(&mut call, 100), Action::Receive { wait_ms: Some(1400) });
    let arriving = [frame(b"get_version", b"\x01z"), frame(b"imuack", b"\x01B\x05")].concat();
    receive(&mut endpoint, &arriving, 200);
    let Action::Serve(command) = endpoint.poll_call(&mut call, 200) else { panic!("a command precedes") };
    endpoint.serve(command, &mut ());
    assert_eq!(endpoint.poll_call(&mut call, 200), Action::Transmit);
    endpoint.consume(endpoint.transmit().len());
    let Action::Reply(reply) = endpoint.poll_call(&mut call, 200) else { panic!("the reply has arrived") };
    let decoder = crate::rpc::reply_decoder::ReplyDecoder::<u8, core::convert::Infallible>::VALUE;
    assert_eq!(endpoint.finish_call::<(), _, _>(&call, "", reply, decoder), Ok(5));
}

#[test]
fn a_command_that_arrives_at_the_deadline_is_served_after_the_call() {
    let mut endpoint = Endpoint::<64, 16>::new();
    let mut call = endpoint.begin_call(Command::new("imu"), 0);
    receive(&mut endpoint, &frame(b"get_version", b"\x01z"), 1499);
    assert_eq!(endpoint.poll_call(&mut call, 1500), timed_out(1500, Ran::No));
    assert!(matches!(endpoint.poll(1500), Action::Serve(_)));
    // The reply may still arrive, so the next call asks for `echo` first.
    let mut call = endpoint.begin_call(Command::new("led"), 1500);
    assert_eq!(endpoint.poll_call(&mut call, 1500), Action::Transmit);
    assert_eq!(split(endpoint.transmit()).unwrap().0, b"echo");
}

#[test]
fn nothing_of_a_former_connection_reaches_the_next() {
    let mut endpoint = Endpoint::<64, 16>::new();
    endpoint.set_timeout(Timeout::Ms(700));
    receive(&mut endpoint, &frame(b"enable repl", b"\x01z"), 0);
    let Action::Serve(command) = endpoint.poll(0) else { panic!("the command has arrived") };
    endpoint.serve(command, &mut ());
    assert!(endpoint.wants_repl() && !endpoint.transmit().is_empty());
    receive(&mut endpoint, &[b"boot log", &frame(b"imu", b"\x01z")[..5]].concat(), 0);
    endpoint.consume(2);

    endpoint.forget_connection();
    assert!(endpoint.transmit().is_empty() && !endpoint.wants_repl());
    assert_eq!(endpoint.stray().to_vec(), b"");
    assert_eq!(endpoint.timeout(), Timeout::Ms(700));
    assert_eq!(endpoint.poll(0), Action::Receive { wait_ms: None });

    // A reply to an earlier call may still arrive over the new link.
    let mut call = endpoint.begin_call(Command::new("imu"), 0);
    assert_eq!(endpoint.poll_call(&mut call, 0), Action::Transmit);
    assert_eq!(split(endpoint.transmit()).unwrap().0, b"echo");
}

#[test]
fn no_deadline_is_beyond_half_of_what_a_clock_counts() {
    let mut endpoint = Endpoint::<64, 16>::new();
    let command = Command { timeout: Some(Timeout::Ms(u32::MAX)), ..Command::new("imu") };
    let calls = [(endpoint.begin_call(command, 0), Ran::No), (endpoint.begin_ready(u32::MAX, 0), Ran::No)];
    for (mut call, ran) in calls {
        let longest = timed_out(i32::MAX as u32, ran);
        assert_ne!(endpoint.poll_call(&mut call, i32::MAX as u32 - 1), longest);
        endpoint.consume(usize::MAX);
        assert_eq!(endpoint.poll_call(&mut call, i32::MAX as u32 + 5), longest);
    }
}

#[test]
fn replies_to_one_way_commands_do_not_pile_up_behind_commands() {
    let mut endpoint = Endpoint::<64, 16>::new();
    let waiting = ["get_version", "get_num_commands"].map(|name| frame(name.as_bytes(), b"\x01z"));
    receive(&mut endpoint, &waiting.concat(), 0);
    let replies = [frame(b"ledack", b"\0"), frame(b"lederr", b"\0"), frame(b"ledackerr", b"")];
    let mut line = vec![];
    for reply in replies.iter().cycle().take(1000) {
        endpoint.drop_stray_replies(0);
        endpoint.write_oneway("led", no_arguments).unwrap();
        endpoint.consume(usize::MAX);
        line.extend_from_slice(reply);
        let count = receive(&mut endpoint, &line, 0);
        line.drain(..count);
        assert!(line.len() < 40, "{} bytes are on the line", line.len());
    }
    for name in [&b"get_versionack"[..], b"get_num_commandsack"] {
        let Action::Serve(command) = endpoint.poll(0) else { panic!("the command is there") };
        endpoint.serve(command, &mut ());
        assert_eq!(split(endpoint.transmit()).unwrap().0, name);
        endpoint.consume(usize::MAX);
    }
    endpoint.drop_stray_replies(0);
    assert!(matches!(endpoint.poll(0), Action::Receive { .. }));
}

/// Something that happens to an endpoint.
#[derive(Debug, Clone)]
enum Event {
    Bytes(Vec<u8>),
    Pass(u32),
    Call { idempotent: bool },
    Ready,
    OneWay,
    Clear,
    WithoutEcho,
}

fn event() -> impl Strategy<Value = Event> {
    let name = prop_oneof![
        Just("imu"),
        Just("imuack"),
        Just("imuerr"),
        Just("echoack"),
        Just("echoerr"),
        Just("get_version"),
        Just("nopeackerr"),
        Just("")
    ];
    let known = (name, proptest::collection::vec(any::<u8>(), 0..60))
        .prop_map(|(name, payload)| Event::Bytes(frame(name.as_bytes(), &payload)));
    let byte = prop_oneof![Just(b'<'), Just(b'>'), 0u8..10, any::<u8>()];
    let noise = proptest::collection::vec(byte, 0..40).prop_map(Event::Bytes);
    let time = prop_oneof![0u32..50, 400u32..800, any::<u32>()];
    prop_oneof![
        4 => known,
        3 => noise,
        3 => time.prop_map(Event::Pass),
        2 => any::<bool>().prop_map(|idempotent| Event::Call { idempotent }),
        1 => Just(Event::Ready),
        1 => Just(Event::OneWay),
        1 => Just(Event::Clear),
        1 => Just(Event::WithoutEcho),
    ]
}

proptest! {
    /// Whatever happens, an endpoint neither panics nor asks for actions without end, and sends whole frames only.
    #[test]
    fn any_events_end_in_waiting(events in proptest::collection::vec(event(), 0..40)) {
        let mut endpoint = Endpoint::<64, 16>::new();
        let mut call = None;
        let mut now = 0u32;
        for event in events {
            let mut arriving = vec![];
            match event {
                Event::Bytes(bytes) => arriving = bytes,
                Event::Pass(ms) => now = now.wrapping_add(ms),
                Event::Call { idempotent } => {
                    call = Some(endpoint.begin_call(Command { idempotent, ..Command::new("imu") }, now));
                }
                Event::Ready => call = Some(endpoint.begin_ready(2000, now)),
                Event::OneWay => {
                    endpoint.drop_stray_replies(now);
                    endpoint.write_oneway("led", no_arguments).unwrap();
                }
                Event::Clear => endpoint.clear(),
                Event::WithoutEcho => endpoint.set_without_echo(),
            }
            // Every frame that has arrived can lead to a few actions.
            for step in 0.. {
                prop_assert!(step < 200, "no end");
                let is_ready = call.as_ref().is_some_and(|call| call.name() == "echo");
                let action = match call.as_mut() {
                    Some(call) => endpoint.poll_call(call, now),
                    None => endpoint.poll(now),
                };
                match action {
                    Action::Transmit => {
                        prop_assert!(split(endpoint.transmit()).is_some());
                        endpoint.consume(endpoint.transmit().len());
                    }
                    Action::Serve(command) => endpoint.serve(command, &mut ()),
                    Action::WriteArguments if is_ready => call = None,
                    Action::WriteArguments => {
                        let call = call.as_mut().unwrap();
                        endpoint.write_arguments(call, no_arguments).unwrap();
                    }
                    Action::Reply(reply) => {
                        let decoder = crate::rpc::reply_decoder::ReplyDecoder::<u8, u8>::RESULT;
                        let _ = endpoint.finish_call::<(), _, _>(&call.take().unwrap(), "", reply, decoder);
                    }
                    Action::Ended(_) => call = None,
                    Action::Receive { wait_ms } => {
                        prop_assert!(wait_ms != Some(0));
                        prop_assert!(!endpoint.recv_buf().is_empty());
                        let count = receive(&mut endpoint, &arriving, now);
                        arriving.drain(..count);
                        if count == 0 {
                            break;
                        }
                    }
                }
            }
        }
    }
}
