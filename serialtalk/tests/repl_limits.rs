//! What a session with a REPL takes, and how much it sends at once.

use serialtalk::Timeout;
use serialtalk::repl::{Action, Ending, Script, Session};

/// What a session does next: what it sends, or nothing if it waits.
fn sent<const N: usize>(session: &mut Session<N>, script: &Script<'_>) -> Vec<u8> {
    let bytes = match session.poll(script, 0) {
        Action::Transmit(bytes) => bytes.to_vec(),
        Action::Receive { .. } | Action::Done(Ending::Good) => Vec::new(),
        other => panic!("{other:?}"),
    };
    session.consume(bytes.len());
    bytes
}

fn arrive<const N: usize>(session: &mut Session<N>, bytes: &[u8]) {
    session.recv_buf()[..bytes.len()].copy_from_slice(bytes);
    session.commit(bytes.len());
}

/// A session with a board at its raw prompt.
fn active() -> Session<128> {
    let (mut session, none) = (Session::new(), Script::new(""));
    session.activate(1000, 0);
    assert_eq!(sent(&mut session, &none), b"\x03\x03\x01");
    assert_eq!(sent(&mut session, &none), b"");
    arrive(&mut session, b"raw REPL; CTRL-B to exit\r\n>");
    let token = sent(&mut session, &none)[b"print('s'+'".len()..][..5].to_vec();
    assert_eq!(sent(&mut session, &none), b"");
    arrive(&mut session, &[b"OKs", token.as_slice(), b"\r\n\x04\x04>"].concat());
    assert_eq!(sent(&mut session, &none), b"");
    assert!(session.is_active());
    session
}

#[test]
fn code_that_every_board_can_buffer_is_sent_in_one_piece() {
    for (len, start) in [(1, &b"x"[..]), (61, b"x"), (62, b"\x05A\x01")] {
        let (mut session, code) = (active(), "x".repeat(len));
        session.run(Timeout::Ms(1000), 0);
        let bytes = sent(&mut session, &Script::new(&code));
        assert!(bytes.starts_with(start) && bytes.len() <= 62, "{len}: {bytes:?}");
        assert_eq!(bytes.ends_with(b"x\x04"), len < 62);
    }
}

#[test]
fn a_session_takes_its_buffer_and_a_little_more() {
    let beside = size_of::<Session<128>>() - 128;
    assert_eq!(size_of::<Session<512>>(), 512 + beside);
    assert!(beside <= 320, "{beside}");
}

#[test]
fn a_program_prints_no_more_at_once_than_the_buffer_holds() {
    let (mut session, script) = (active(), Script::new("spam()"));
    session.run(Timeout::Ms(1000), 0);
    assert_eq!(sent(&mut session, &script), b"spam()\x04");
    assert_eq!(sent(&mut session, &script), b"");
    // One byte at a time until the program runs: what follows belongs to whoever talks with it.
    assert_eq!(session.recv_buf().len(), 1);
    for byte in b"OK" {
        arrive(&mut session, &[*byte]);
        match session.poll(&script, 0) {
            Action::Receive { .. } | Action::Converse { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(session.recv_buf().len(), 128);
    arrive(&mut session, &[b'x'; 128]);
    match session.poll(&script, 0) {
        Action::Output(bytes) => assert_eq!(bytes, [b'x'; 128]),
        other => panic!("{other:?}"),
    }
}
