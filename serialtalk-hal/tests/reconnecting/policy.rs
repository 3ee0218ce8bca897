//! How long calls wait, and what they say.

use core::time::Duration;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;

use serialtalk::{CallError, Caller, Timeout};
use serialtalk_hal::memory::{self, MemoryLink};
use serialtalk_hal::reconnecting::{ConnectionError, State};
use serialtalk_hal::{LinkError, OpenError, Reconnecting, over};

use crate::boards::Place;
use crate::common::LONG_MS;
use crate::robot::{RobotClient, other};

fn is_not_connected<T, E>(result: &Result<T, CallError<LinkError, E>>) -> bool {
    matches!(result, Err(CallError::Link { error: LinkError::NotConnected { .. }, .. }))
}

#[test]
fn the_first_call_opens_the_link() {
    let place = Place::new("first-call");
    let _board = place.plug_robot();
    let link = Reconnecting::new(place.path()).on_connect(|talk| Ok(RobotClient::new(talk).begin()?));
    assert_eq!(RobotClient::over(link).mult(2, 3).unwrap(), 6);
}

#[test]
fn a_link_that_cannot_be_opened_is_an_error_of_connect_and_of_calls() {
    let mut robot = RobotClient::over(Reconnecting::new("/dev/no-such-port"));
    let error = robot.caller_mut().connect().unwrap_err();
    assert!(matches!(&error, ConnectionError::Open(OpenError::NotFound { .. })), "{error:?}");
    let error = robot.mult(2, 3).unwrap_err().to_string();
    let start = "calling `mult` failed: /dev/no-such-port is not connected: no such port; there ";
    assert!(error.starts_with(start), "{error}");
}

#[test]
fn a_target_that_names_nothing_is_an_error_that_says_what_is_accepted() {
    let error = Reconnecting::new("usb:2e8a").connect().unwrap_err();
    assert!(error.to_string().starts_with("`usb:2e8a` cannot be opened: expected a path "), "{error}");
}

#[test]
fn calls_wait_for_the_reconnection_if_they_are_to() {
    let place = &Place::new("wait");
    let (told, changes) = mpsc::channel();
    let link = Reconnecting::new(place.path())
        .with_endpoint(|mut talk| {
            talk.set_timeout(Timeout::Ms(LONG_MS));
            talk
        })
        .wait_for_reconnection(LONG_MS)
        .on_connect(|talk| Ok(RobotClient::new(talk).begin()?))
        .on_state(move |state| {
            // The test ends before the last change.
            let _ = match state {
                State::Connected { .. } => told.send(true),
                State::Lost { reason: ConnectionError::Link(_), .. } => told.send(false),
                _ => Ok(()),
            };
        });
    let mut robot = RobotClient::over(link);
    let board = place.plug_robot();
    assert_eq!(robot.mult(2, 3).unwrap(), 6);
    std::thread::scope(|scope| {
        let board = scope.spawn(move || {
            let mut board = board;
            for _ in 0..3 {
                while !changes.recv().unwrap() {}
                drop(board);
                // A call below finds the link lost.
                while changes.recv().unwrap() {}
                board = place.plug_robot();
            }
            board
        });
        // A call is lost with its board, the next waits for the next board.
        while !board.is_finished() {
            match robot.mult(4, 5) {
                Ok(product) => assert_eq!(product, 20),
                Err(CallError::Link { error: LinkError::Unplugged { .. }, .. }) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        let _board = board.join().unwrap();
        assert_eq!(robot.mult(6, 7).unwrap(), 42);
    });
}

#[test]
fn a_call_waits_no_longer_than_told_and_than_its_deadline() {
    for (patience_ms, deadline_ms) in [(30, LONG_MS), (LONG_MS, 30)] {
        let mut link = Reconnecting::new("/dev/no-such-port").wait_for_reconnection(patience_ms);
        link.connect().unwrap_err();
        let began = Instant::now();
        let result = link.within(Timeout::Ms(deadline_ms)).call::<()>("reset", ());
        assert!(is_not_connected(&result), "{result:?}");
        assert!((30..10_000).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
    }
}

#[test]
fn a_call_that_waited_has_the_rest_of_its_time() {
    let ((first, host_of_first), (second, host_of_second)) = (memory::pair(), memory::pair());
    let mut hosts = [host_of_first, host_of_second].into_iter();
    let open = move || hosts.next().ok_or(OpenError::Refused { port: "board".into() });
    let mut link = Reconnecting::with("board", open).wait_for_reconnection(LONG_MS);
    // Each board answers when it is asked whether it is there, and nothing after that.
    let boards = std::thread::spawn(move || {
        [first, second].map(|link| {
            let mut board = over(link, "board");
            while !board.process_within(LONG_MS).unwrap() {}
            board.into_link()
        })
    });
    link.connect().unwrap();
    link.give_up();
    let error = link.within(Timeout::Ms(3000)).call::<()>("reset", ()).unwrap_err();
    let CallError::Timeout { waited_ms, awaited: serialtalk::Awaited::Reply, .. } = error else {
        panic!("{error:?}")
    };
    assert!(waited_ms <= 2950, "{waited_ms} ms after 50 ms");
    boards.join().unwrap();
}

#[test]
fn a_link_that_takes_its_time_to_open_holds_nobody_up() {
    let (_never, opened) = mpsc::channel::<MemoryLink>();
    let mut link = Reconnecting::with("slow", move || {
        opened.recv().map_err(|_| OpenError::Refused { port: "slow".into() })
    });
    assert!(!link.process_within(0));
    assert!(!link.process_within(20));
    let result = link.within(Timeout::Ms(20)).call::<()>("reset", ());
    let error = result.unwrap_err().to_string();
    let expected = "calling `reset` failed: slow is not connected: the first attempt has not ended yet";
    assert_eq!(error, expected);
}

#[test]
fn a_board_that_does_not_answer_holds_nobody_up() {
    let place = Place::new("silent");
    let _board = place.plug_silent();
    let mut link = Reconnecting::new(place.path());
    assert!(!link.process_within(20));
    assert!(is_not_connected(&link.within(Timeout::Ms(20)).call::<()>("reset", ())));
    assert!(!link.is_connected());
}

#[test]
fn a_port_that_is_gone_is_looked_for_now_and_then() {
    let opened = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&opened);
    let mut link = Reconnecting::with("gone", move || -> Result<MemoryLink, _> {
        count.fetch_add(1, Ordering::Relaxed);
        Err(OpenError::Refused { port: "gone".into() })
    });
    let began = Instant::now();
    let mut refused = 0;
    while opened.load(Ordering::Relaxed) < 4 {
        assert!(is_not_connected(&link.call::<()>("reset", ())));
        refused += 1;
    }
    // After 0, 50, 150 and 350 ms; the calls in between are errors at once.
    assert!(began.elapsed() >= Duration::from_millis(350), "{:?}", began.elapsed());
    assert!(refused > 4);
}

#[test]
fn another_contract_is_a_mismatch_until_the_board_is_replaced() {
    let place = Place::new("mismatch");
    let board = place.plug_robot();
    let link = Reconnecting::new(place.path())
        .wait_for_reconnection(LONG_MS)
        .on_connect(|talk| Ok(RobotClient::new(talk).begin()?));
    let mut robot = RobotClient::over(link);
    robot.caller_mut().connect().unwrap();
    drop(board);
    let wrong = place.plug(other::RobotServer::new(other::Fake));
    let error = robot.caller_mut().connect().unwrap_err();
    assert!(matches!(&error, ConnectionError::Contract(CallError::Mismatch { .. })), "{error:?}");
    for _ in 0..3 {
        let error = robot.mult(2, 3).unwrap_err();
        assert!(matches!(error, CallError::Mismatch { .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!(
                "the interface does not fit the peer on {}: `mult` differs between the two peers\n  \
                 here:  mult(a: u32, b: u32) -> u32 or {{set_ups: u32}}\n  \
                 there: mult(b: u32, a: u32) -> u32\n  \
                 build both from the same version of the trait",
                place.path()
            )
        );
    }
    drop(wrong);
    let _board = place.plug_robot();
    // Notices that the wrong board is gone, and waits for the right one.
    while robot.mult(2, 3).is_err_and(|error| matches!(error, CallError::Mismatch { .. })) {}
    assert_eq!(robot.mult(2, 3).unwrap(), 6);
}

#[test]
fn clients_that_connect_are_checked_too() {
    let place = Place::new("connect");
    let _board = place.plug(other::RobotServer::new(other::Fake));
    let mut link = Reconnecting::new(place.path());
    link.connect().unwrap();
    assert!(matches!(RobotClient::connect(&mut link), Err(CallError::Mismatch { .. })));
    // From now on the interface has to fit.
    assert!(matches!(link.call::<()>("begin", ()), Err(CallError::Mismatch { .. })));
}
