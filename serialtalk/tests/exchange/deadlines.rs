//! How long calls, and what belongs to them, may take.

use super::*;

#[test]
fn a_call_waits_until_its_deadline_and_no_longer() {
    let (mut talk, line) = Line::new(|_| vec![]);
    let error = talk.call::<u8>("mute", ()).unwrap_err();
    assert!(
        matches!(error, CallError::Timeout { waited_ms: 1500, awaited: Awaited::Reply, .. }),
        "{error:?}"
    );
    assert_eq!(line.now(), 1500);
    assert_eq!(error.to_string(), "no answer to `mute` within 1500 ms");
}

#[test]
fn bytes_that_keep_arriving_do_not_move_the_deadline() {
    let (mut talk, line) = Line::new(|_| (0..400).map(|ms| (ms * 10, vec![b'x'])).collect());
    let error = talk.call::<u8>("mute", ()).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(line.now(), 1500);
}

#[test]
fn a_call_may_have_its_own_deadline() {
    let (mut talk, line) = Line::new(|_| vec![(2000, frame("slowack", b"\x01B\x07"))]);
    assert_eq!(talk.within(Timeout::Ms(2500)).call::<u8>("slow", ()).unwrap(), 7);
    assert_eq!(line.now(), 2000);
}

#[test]
fn a_call_waits_forever_if_told_to() {
    let day = 24 * 60 * 60 * 1000;
    let (mut talk, line) = Line::new(move |_| vec![(day, frame("slowack", b"\x01B\x07"))]);
    assert_eq!(talk.within(Timeout::Never).call::<u8>("slow", ()).unwrap(), 7);
    assert_eq!(line.now(), day);
}

#[test]
fn an_idempotent_command_is_sent_again_at_half_time() {
    let mut calls = 0;
    let (mut talk, line) = Line::new(with_echo(move |name, _| {
        calls += 1;
        if calls == 2 { vec![(5, frame(&format!("{name}ack"), b"\x01B\x07"))] } else { vec![] }
    }));
    let command = Command { idempotent: true, ..Command::new("imu") };
    let value: u8 = talk.call_with(command, no_arguments, ReplyDecoder::<_, Infallible>::VALUE).unwrap();
    assert_eq!((value, line.now()), (7, 755));
    assert_eq!(names(&line), ["imu", "imu"]);
    // The first reply may still come, so the next call asks for echo.
    let error = talk.call_with(command, no_arguments, ReplyDecoder::<u8, Infallible>::VALUE).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((names(&line), line.now()), (vec!["echo".into(), "imu".into(), "imu".into()], 755 + 1500));
}

#[test]
fn ready_waits_for_a_peer_that_boots() {
    let line_cell = std::rc::Rc::new(std::cell::RefCell::new(None::<Line>));
    let inner = line_cell.clone();
    let (mut talk, line) = Line::new(move |bytes| {
        let now = inner.borrow().as_ref().map_or(0, Line::now);
        match parts(bytes) {
            ("echo", payload) if now > 2000 => vec![(3, frame("echoack", payload))],
            _ => vec![(1, b"booting ".to_vec())],
        }
    });
    *line_cell.borrow_mut() = Some(line.clone());
    talk.ready(5000).unwrap();
    assert!(line.now() > 2000 && line.now() < 2500, "{}", line.now());
    let (mut talk, line) = Line::new(|_| vec![]);
    let error = talk.ready(5000).unwrap_err();
    assert_eq!(error.to_string(), "no answer to `echo` within 5000 ms");
    assert_eq!(line.now(), 5000);
}

#[test]
fn flush_discards_what_has_arrived() {
    let (mut talk, line) = Line::new(|_| vec![]);
    line.deliver(0, &frame("get_version", b"\x01z"));
    talk.flush().unwrap();
    assert!(!talk.process().unwrap());
    assert_eq!(names(&line), [""; 0]);
}

#[test]
fn a_peer_that_floods_with_commands_cannot_hold_up_a_call() {
    const HANDLER_MS: u32 = 40;
    // A command every 10 ms, for a handler that takes 40.
    let (talk, line) = Line::new(|bytes| match parts(bytes) {
        ("ask", _) => (0..1000).map(|count| (count * 10, frame("slow", b"\x01z"))).collect(),
        _ => vec![],
    });
    let mut talk = talk.serve(Commands::new());
    let clock = line.clone();
    talk.add_command("slow", move || clock.pass(HANDLER_MS)).unwrap();
    let error = talk.call::<u8>("ask", ()).unwrap_err();
    assert!(
        matches!(error, CallError::Timeout { waited_ms: 1500, awaited: Awaited::Reply, .. }),
        "{error:?}"
    );
    assert!((1500..=1500 + HANDLER_MS).contains(&line.now()), "{}", line.now());
    let served = names(&line).len();
    assert!(served > 30, "{served}");
    // The command at which the call stopped is not lost.
    assert!(talk.process().unwrap());
    assert_eq!(names(&line), ["slowack"]);
}

#[test]
fn a_reply_that_has_arrived_is_taken_after_the_deadline_unless_a_command_precedes_it() {
    for (commands, is_taken) in [(1, true), (2, false)] {
        let (talk, line) = Line::new(move |bytes| match parts(bytes) {
            ("ask", _) => {
                let mut all = frame("slow", b"\x01z").repeat(commands);
                all.extend(frame("askack", b"\x01B\x07"));
                vec![(1, all)]
            }
            _ => vec![],
        });
        let mut talk = talk.serve(Commands::new());
        let clock = line.clone();
        talk.add_command("slow", move || clock.pass(2000)).unwrap();
        let result = talk.call::<u8>("ask", ());
        assert_eq!(result.ok(), is_taken.then_some(7));
        assert_eq!(line.now(), 2001);
        assert_eq!(names(&line), ["ask", "slowack"]);
    }
}

/// A link on which a byte arrives every millisecond, whether it is read or not.
struct Flood(Line);

impl Link for Flood {
    type Error = Infallible;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Infallible> {
        self.0.pass(1);
        buffer[0] = b'<';
        Ok(Received::Bytes(1))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[test]
fn a_flush_ends_although_the_peer_keeps_sending() {
    let (_, line) = Line::new(|_| vec![]);
    let mut talk = SerialTalk::new(Flood(line.clone()), line.clone());
    talk.flush().unwrap();
    assert_eq!(line.now(), 100);
    assert!(talk.call::<u8>("mute", ()).unwrap_err().is_timeout());
    assert_eq!(line.now(), 1600);
}
