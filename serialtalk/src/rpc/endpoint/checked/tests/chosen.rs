//! What two ends do in chosen situations.

use alloc::string::ToString;

use super::super::super::buffers::Buffers;
use super::super::session::Session;
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
fn a_line_that_sends_everything_back_carries_plain_calls_in_the_end() {
    let mut endpoint = Endpoint::<258, 64, Checked>::new();
    endpoint.set_entropy(1);
    let mut end = End::new(endpoint);
    end.begin(1, Some(TERMS), false, 1500, 0);
    let mut now = 0;
    while end.call.is_some() {
        let mut out = vec![];
        let wait = end.run(&mut out, now).unwrap_or(1);
        let is_quiet = out.is_empty();
        end.receive(&mut out.into(), now);
        now += if is_quiet { wait.max(1) } else { 1 };
    }
    assert_eq!(end.results, [(1, Ok(2))], "this end serves its own call");
}

/// A host that speaks either protocol.
fn offering() -> End {
    let mut end = End::new(host());
    end.endpoint.set_policy(Policy::Offer);
    end
}

fn plain() -> End<Plain> {
    End::new(Endpoint::new())
}

/// Calls `twice` once, and returns how that ended.
fn call<P: Protocol>(
    line: &mut Line,
    host: &mut End,
    board: &mut End<P>,
    number: u32,
) -> Result<u32, CallError<Infallible>> {
    host.begin(number, Some(TERMS), false, 1500, line.now);
    line.run(host, board, 3000, |_| ());
    host.results.pop().unwrap().1
}

/// Whether bytes are a checked frame that replies to a call.
fn is_reply(bytes: &[u8]) -> bool {
    let [_, control, ..] = bytes.strip_prefix(&[0]).unwrap_or(bytes) else { return false };
    bytes.first() != Some(&b'<') && control >> 4 == 8
}

fn is_restarted<T>(result: &Result<T, CallError<Infallible>>) -> bool {
    matches!(result, Err(CallError::Restarted { .. }))
}

#[test]
fn a_peer_that_has_no_hello_is_called_plainly_and_asked_once() {
    let (mut host, mut board, mut line) = (offering(), plain(), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    assert!(!host.endpoint.is_checked());
    let before = line.sent;
    assert_eq!(call(&mut line, &mut host, &mut board, 2), Ok(4));
    assert_eq!(line.sent - before, b"<..twice.I....><..twiceack.I....>".len());
}

#[test]
fn a_peer_that_is_silent_about_hellos_is_called_plainly_after_three_of_them() {
    let (mut host, mut board, mut line) = (offering(), plain(), Line::new(1));
    host.begin(1, Some(TERMS), false, 1500, line.now);
    let mut hellos = 0;
    line.run(&mut host, &mut board, 3000, |bytes| {
        if bytes.starts_with(b"<\x1a\x08checked?1~") {
            hellos += 1;
            bytes.clear();
        }
    });
    assert_eq!((host.results, hellos), (vec![(1, Ok(2))], 3));
    assert_eq!(line.now, 1452);
}

#[test]
fn noise_makes_no_link_plain() {
    let (mut host, mut board, mut line) = (offering(), End::new(board()), Line::new(1));
    let mut answers = 0;
    host.begin(1, Some(TERMS), false, 5000, line.now);
    line.run(&mut host, &mut board, 6000, |bytes| {
        if bytes.starts_with(b"<\x1a\x0bchecked?ack") && answers < 6 {
            answers += 1;
            bytes[20] ^= 1;
        }
    });
    assert_eq!((host.results, answers), (vec![(1, Ok(2))], 6));
    assert!(host.endpoint.is_checked());
}

#[test]
fn an_end_that_requires_the_checked_link_neither_calls_nor_serves_plainly() {
    let (mut host, mut board, mut line) = (End::new(host()), plain(), Line::new(1));
    let error = call(&mut line, &mut host, &mut board, 1).unwrap_err();
    assert!(matches!(error, CallError::NotChecked { .. }) && error.ran() == Ran::No, "{error:?}");
    board.begin(2, None, false, 500, line.now);
    line.run(&mut host, &mut board, 1000, |_| ());
    let error = board.results.pop().unwrap().1.unwrap_err();
    assert!(error.to_string().contains("this end requires the checked link"), "{error}");
    assert_eq!((host.service.called, board.service.called), (vec![], vec![]));
}

#[test]
fn two_ends_without_random_numbers_stay_plain() {
    let (mut first, mut second, mut line) = (End::new(board()), End::new(board()), Line::new(1));
    first.endpoint.set_policy(Policy::Offer);
    second.endpoint.set_policy(Policy::Offer);
    assert_eq!(call(&mut line, &mut first, &mut second, 1), Ok(2));
    assert!(!first.endpoint.is_checked() && !second.endpoint.is_checked());
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
fn a_board_is_free_for_plain_frames_two_seconds_after_its_host_fell_silent_or_at_once_if_it_left() {
    for leaves in [false, true] {
        let (mut host, mut end, mut line) = (End::new(host()), End::new(board()), Line::new(1));
        end.endpoint.set_policy(Policy::Offer);
        assert_eq!(call(&mut line, &mut host, &mut end, 1), Ok(2));
        if leaves {
            host.endpoint.leave();
            line.run(&mut host, &mut end, 0, |_| ());
            line.now += 1;
            line.run(&mut host, &mut end, 0, |_| ());
        }
        let mut python = plain();
        let mut served = |line: &mut Line, end: &mut End| {
            line.to = [VecDeque::new(), VecDeque::new()];
            python.begin(3, None, false, 100, line.now);
            line.run_with(&mut python, end, 200);
            python.results.pop().unwrap().1.is_ok()
        };
        assert_eq!(served(&mut line, &mut end), leaves);
        line.now += 2000;
        assert!(served(&mut line, &mut end));
        // The session goes on after all.
        assert_eq!(call(&mut line, &mut host, &mut end, 2), Ok(4));
        assert!(end.service.called.starts_with(&[1]));
    }
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
fn one_way_commands_are_counted() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    for number in 2..12 {
        host.send(number, line.now);
        line.run(&mut host, &mut board, 0, |bytes| {
            if number % 3 == 0 {
                bytes.clear();
            }
        });
        line.now += 1;
        line.run(&mut host, &mut board, 0, |_| ());
    }
    assert_eq!(board.service.called, [1, 2, 4, 5, 7, 8, 10, 11]);
    assert_eq!(board.endpoint.lost_oneway(), 3);
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
fn a_peer_that_takes_the_place_of_another_is_called_plainly_in_the_end() {
    for answers_hellos in [true, false] {
        let (mut host, mut board, mut line) = (offering(), End::new(board()), Line::new(1));
        assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
        let mut other = plain();
        let mut results = vec![];
        for number in 2..5 {
            line.now += 2000;
            host.begin(number, Some(TERMS), false, 1500, line.now);
            line.run(&mut host, &mut other, 3000, |bytes| {
                if !answers_hellos && bytes.starts_with(b"<\x1a\x08checked?") {
                    bytes.clear();
                }
            });
            results.push(host.results.pop().unwrap().1.ok());
        }
        let first = if answers_hellos { Some(4) } else { None };
        assert_eq!(results, [first, Some(6), Some(8)]);
    }
}

#[test]
fn a_plain_peer_that_was_busy_while_it_was_asked_again_is_called() {
    let (mut host, mut board, mut line) = (offering(), plain(), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    let mut unread = VecDeque::new();
    let mut wait_alone = |host: &mut End, ms: u32, now: &mut u32| {
        for _ in 0..ms {
            let mut out = vec![];
            host.run(&mut out, *now);
            unread.extend(out);
            *now += 1;
        }
        core::mem::take(&mut unread)
    };
    host.begin(2, Some(TERMS), false, 50, line.now);
    let mut bytes = wait_alone(&mut host, 60, &mut line.now);
    assert!(host.results.pop().unwrap().1.is_err());
    host.begin(3, Some(TERMS), false, 60_000, line.now);
    bytes.extend(wait_alone(&mut host, 200, &mut line.now));
    line.to[1].push_back((line.now, bytes.into()));
    line.run(&mut host, &mut board, 10_000, |_| ());
    assert_eq!(host.results, [(3, Ok(6))]);
}

/// Another program, which knows no sessions, may use the line right after one that has died.
#[test]
fn a_plain_command_that_arrives_in_a_session_is_served_once_that_is_silent_for_long_enough() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    board.endpoint.set_policy(Policy::Offer);
    host.begin(1, Some(TERMS), false, 1000, line.now);
    line.run(&mut host, &mut board, 5000, |_| ());
    let mut now = line.now + 1000;
    board.receive(&mut b"<\x0c\x05twice\x01I\x07\x07\x07\x07>".to_vec().into(), now);
    let mut out = vec![];
    loop {
        let wait = board.run(&mut out, now);
        if !out.is_empty() {
            break;
        }
        now += wait.expect("it does not wait for more bytes");
        assert!(now < line.now + 2500);
    }
    assert_eq!(
        (&out[..], board.service.called),
        (&b"<\x0f\x08twiceack\x01I\x0e\x0e\x0e\x0e>"[..], vec![1, 0x0707_0707])
    );
}

#[test]
fn a_host_that_gave_up_before_it_was_answered_is_served_plainly() {
    let (mut host, mut end, mut line) = (offering(), End::new(board()), Line::new(1));
    end.endpoint.set_policy(Policy::Offer);
    host.begin(1, Some(TERMS), false, 1500, line.now);
    // The board is busy, and nobody answers three hellos.
    let mut sent = vec![];
    for _ in 0..600 {
        host.run(&mut sent, line.now);
        line.now += 1;
    }
    line.to[1].push_back((line.now, sent));
    line.run(&mut host, &mut end, 3000, |_| ());
    assert_eq!((host.results, end.service.called), (vec![(1, Ok(2))], vec![1]));
}

#[test]
fn a_one_way_command_that_the_line_doubles_runs_once() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    for number in 2..5 {
        host.send(number, line.now);
        line.run(&mut host, &mut board, 0, |bytes| bytes.extend_from_within(..));
        line.now += 1;
        line.run(&mut host, &mut board, 0, |_| ());
    }
    assert_eq!((board.service.called, board.endpoint.lost_oneway()), (vec![1, 2, 3, 4], 0));
}

#[test]
fn a_kept_reply_that_fills_the_buffer_keeps_no_command_from_being_sent() {
    let mut buffers = Buffers::<32, 16>::new();
    let mut end = Checked::<16>::NEW;
    end.session = Session::new(1, 2, 258);
    end.session.serving.kept = 32;
    assert!(!end.complain(&mut buffers), "there is no room for AGAIN");
    assert_eq!(buffers.outgoing.unsent(), b"");
    let written = end.write_note(&mut buffers, "twice", &|payload| payload.values(&(1u32,)));
    assert_eq!(written, Some(Ok(())));
    assert!(buffers.outgoing.unsent().ends_with(&[0]), "the one-way command is sent");
    assert_eq!(end.session.serving.kept, 0);
}

#[test]
fn one_way_commands_that_nobody_read_for_longer_than_the_lease_are_served() {
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    let mut unread = vec![];
    for number in 2..6 {
        host.send(number, line.now);
        host.run(&mut unread, line.now);
    }
    // The program of the board was busy meanwhile; its driver asks what to do before it reads.
    line.now += 5000;
    board.run(&mut vec![], line.now);
    board.receive(&mut unread.into(), line.now);
    board.run(&mut vec![], line.now);
    assert_eq!((board.service.called, board.endpoint.lost_oneway()), (vec![1, 2, 3, 4, 5], 0));
}

#[test]
fn a_plain_peer_that_is_never_silent_is_served_after_its_first_frames() {
    let mut peer = plain();
    let (mut host, mut board, mut line) = (End::new(host()), End::new(board()), Line::new(1));
    board.endpoint.set_policy(Policy::Offer);
    assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
    line.now += 1990;
    for number in 2..202 {
        let mut sent = vec![];
        peer.send(number, line.now);
        peer.run(&mut sent, line.now);
        board.receive(&mut sent.into(), line.now);
        board.run(&mut vec![], line.now);
        line.now += 1;
    }
    let count = board.service.called.len();
    assert!(count > 150, "{count} of 201 were served");
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

#[test]
fn a_call_whose_peer_turns_plain_and_calls_ends() {
    for policy in [Policy::Offer, Policy::Require] {
        let (mut host, mut board, mut line) = (offering(), End::new(board()), Line::new(1));
        assert_eq!(call(&mut line, &mut host, &mut board, 1), Ok(2));
        host.endpoint.set_policy(policy);
        host.begin(2, Some(TERMS), false, 1500, line.now);
        host.run(&mut vec![], line.now);
        host.endpoint.forget_connection();
        let mut hello = vec![];
        host.run(&mut hello, line.now);
        assert!(hello.starts_with(b"<\x1a\x08checked?"), "{hello:?}");
        let refused = b"<\x27\x0bchecked?errCommand not found: checked?><\x0c\x05twice\x01I\x07\0\0\0>";
        host.receive(&mut refused.to_vec().into(), line.now);
        host.run(&mut vec![], line.now);
        // It may have run before.
        let error = host.results.pop().unwrap().1.unwrap_err();
        assert!(matches!(error, CallError::Restarted { .. }) && error.ran() == Ran::Unknown, "{error:?}");
        assert_eq!(host.service.called, if policy == Policy::Offer { vec![7] } else { vec![] });
    }
}
