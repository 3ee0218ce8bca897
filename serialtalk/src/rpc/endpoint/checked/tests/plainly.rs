//! An end of the checked link beside peers that speak plainly, and with those that stop to.

use alloc::string::ToString;

use super::*;
use crate::rpc::error::Ran;

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
