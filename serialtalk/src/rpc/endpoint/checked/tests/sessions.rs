//! Sessions: how they are opened and go on, and what becomes of calls in them.

use super::*;
use crate::rpc::endpoint::NoReply;
use crate::rpc::error::{Awaited, Ran};
use crate::wire::checked::{Hello, random_nonce};

#[test]
fn a_call_takes_25_bytes_once_its_number_is_known() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    host.begin(1, Some(TERMS), false, 1000, line.now);
    line.run(&mut host, &mut board, 5000, |_| ());
    assert_eq!(host.results, [(1, Ok(2))]);
    let before = line.sent;
    host.begin(21, Some(TERMS), false, 1000, line.now);
    line.run(&mut host, &mut board, 5000, |_| ());
    assert_eq!((host.results[1].clone(), board.service.called), ((21, Ok(42)), vec![1, 21]));
    assert_eq!(line.sent - before, 11 + 10);
}

#[test]
fn a_board_opens_a_session_with_its_host() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    board.begin(1, Some(TERMS), false, 1500, line.now);
    line.run(&mut host, &mut board, 3000, |_| ());
    assert_eq!((&board.results, &host.service.called), (&vec![(1, Ok(2))], &vec![1]));
    // Its host calls in the same session at once.
    let before = line.now;
    assert_eq!(call(&mut line, &mut host, &mut board, 2), Ok(4));
    assert!(line.now - before <= 4, "no hello is needed");
}

#[test]
fn both_ends_may_open_a_session_at_the_same_moment() {
    for delay in 0..40 {
        let (mut host_end, mut board_end, mut line) = (End::new(host()), End::new(host()), Line::new(delay));
        board_end.endpoint.set_entropy(77);
        host_end.begin(1, Some(TERMS), false, 1500, line.now);
        board_end.begin(2, Some(TERMS), false, 1500, line.now);
        line.run(&mut host_end, &mut board_end, 3000, |_| ());
        assert_eq!((host_end.results, board_end.results), (vec![(1, Ok(2))], vec![(2, Ok(4))]), "{delay}");
    }
}

#[test]
fn a_board_that_restarts_between_two_calls_is_called_again() {
    let (mut host, mut first, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut first, 1), Ok(2));
    first.endpoint = board();
    // The call is sent in the old session, which is found to be over before it can have run.
    let result = call(&mut line, &mut host, &mut first, 2);
    assert!(is_restarted(&result), "{result:?}");
    assert_eq!(call(&mut line, &mut host, &mut first, 3), Ok(6));
    line.now += 1500;
    first.endpoint = board();
    assert_eq!(call(&mut line, &mut host, &mut first, 4), Ok(8), "nothing was sent before the hello");
}

#[test]
fn an_idempotent_call_is_repeated_after_a_restart() {
    let (mut host, mut restarting, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut restarting, 1), Ok(2));
    restarting.endpoint = board();
    host.begin(2, Some(TERMS), true, 1500, line.now);
    line.run(&mut host, &mut restarting, 3000, |_| ());
    assert_eq!(host.results, [(2, Ok(4))]);
}

#[test]
fn a_call_that_was_given_up_is_not_answered_to_the_next() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    host.begin(2, Some(TERMS), false, 100, line.now);
    line.run(&mut host, &mut board, 100, |bytes| {
        if is_reply(bytes) {
            bytes.clear();
        }
    });
    let (_, error) = host.results.pop().unwrap();
    let error = error.unwrap_err();
    assert!(matches!(error, CallError::Timeout { awaited: Awaited::Reply, ran: Ran::Unknown, .. }));
    assert_eq!(call(&mut line, &mut host, &mut board, 3), Ok(6));
    assert_eq!(board.service.called, [1, 2, 3]);
}

#[test]
fn a_reply_that_is_lost_is_sent_again_and_the_command_runs_once() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    let mut lost = 0;
    host.begin(2, Some(TERMS), false, 1500, line.now);
    line.run(&mut host, &mut board, 3000, |bytes| {
        if is_reply(bytes) && lost < 2 {
            lost += 1;
            bytes.clear();
        }
    });
    assert_eq!((host.results, board.service.called, lost), (vec![(2, Ok(4))], vec![1, 2], 2));
}

#[test]
fn a_host_that_starts_while_the_session_of_another_is_alive_opens_its_own() {
    let (mut first, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut first, &mut board, 1), Ok(2));
    // The first one has died within a frame.
    line.to[1].push_back((line.now, vec![9, 9, 9]));
    let mut second = End::new(host());
    second.endpoint.set_entropy(4711);
    assert_eq!(call(&mut line, &mut second, &mut board, 2), Ok(4));
}

#[test]
fn data_that_contains_a_hello_opens_no_session() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    let mut recorded = vec![];
    host.begin(1, Some(TERMS), false, 1500, line.now);
    line.run(&mut host, &mut board, 3000, |bytes| {
        if bytes.starts_with(b"<\x1a\x08") {
            recorded = bytes.clone();
        }
    });
    let before = board.endpoint.protocol.opened;
    // It is not the last thing that has arrived before a silence.
    recorded.push(7);
    line.to[1].push_back((line.now, recorded));
    line.run(&mut host, &mut board, 0, |_| ());
    line.now += 5;
    line.to[1].push_back((line.now, vec![0]));
    line.run(&mut host, &mut board, 0, |_| ());
    assert_eq!(call(&mut line, &mut host, &mut board, 2), Ok(4));
    assert_eq!(board.endpoint.protocol.opened, before);
}

#[test]
fn a_command_of_which_only_the_name_is_known_is_called_by_it() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    for terms in [None, Some(Terms { hash: 99, ..TERMS })] {
        host.begin(2, terms, false, 1500, line.now);
        line.run(&mut host, &mut board, 3000, |_| ());
        assert_eq!(host.results.pop(), Some((2, Ok(4))));
    }
}

#[test]
fn a_peer_that_says_hello_again_and_again_holds_up_no_call() {
    // The hello is answered, or the plain call that follows three of them is not.
    for silent_until in [0, 500] {
        let mut host = offering();
        host.begin(1, Some(TERMS), false, 1500, 0);
        let (mut call, _) = host.call.take().unwrap();
        let mut now = 0;
        loop {
            match host.endpoint.poll_call(&mut call, now) {
                Action::Transmit => host.endpoint.consume(usize::MAX),
                Action::WriteArguments => {
                    host.endpoint.write_arguments(&mut call, |payload| payload.values(&(1u32,))).unwrap();
                }
                Action::Receive { .. } => {}
                Action::Ended(why) => {
                    assert!(matches!(why, NoReply::TimedOut { .. }), "{why:?}");
                    break;
                }
                action => panic!("{action:?}"),
            }
            now += 1;
            assert!(now <= 1501, "silent until {silent_until}: the call does not end");
            if now > silent_until {
                let hello = Hello { token: 0, nonce: random_nonce(now), limit: 258 };
                host.receive(&mut hello.bytes().to_vec().into(), now);
            }
        }
    }
}
