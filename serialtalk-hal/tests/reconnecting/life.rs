//! What happens between calls: set-ups, services, the end.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use serialtalk::{CallError, Caller, Link, Service, Timeout};
use serialtalk_hal::reconnecting::{ConnectionError, LinkSlot, State};
use serialtalk_hal::{AnyLink, LinkError, Reconnecting, SerialTalk, Services, Spawn, over};

use crate::boards::{Place, two_halves};
use crate::common::LONG_MS;
use crate::robot::{Counter, HostClient, HostServer, RobotClient, other};
use crate::states::{Kind, Told};

/// The endpoint, as soon as no attempt has it.
fn endpoint<L, S, U>(link: &mut Reconnecting<L, S, U>) -> &mut SerialTalk<LinkSlot<L>, S>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    while link.endpoint().is_none() {
        link.process_within(5);
    }
    link.endpoint().unwrap()
}

/// A program that keeps its robot in a struct.
struct Program {
    robot: RobotClient<Reconnecting<AnyLink, HostServer<Counter>>>,
}

#[test]
fn services_keep_their_state_and_are_there_again_without_a_call() {
    let place = Place::new("services");
    let told = Told::default();
    let link = Reconnecting::new(place.path())
        .serve(HostServer::new(Counter::default()))
        .on_connect(|_| Ok(()))
        .on_state(told.listener());
    let mut program = Program { robot: RobotClient::over(link) };
    let (stop, stopped) = mpsc::channel::<()>();
    let host = std::thread::spawn(move || {
        while stopped.try_recv() == Err(mpsc::TryRecvError::Empty) {
            program.robot.caller_mut().process_within(20);
        }
        program
    });
    for start in [1, 4, 7] {
        let mut board = over(place.plug_silent(), "board");
        board.ready(LONG_MS).unwrap();
        // The host compares its interface first.
        board.set_timeout(Timeout::Ms(LONG_MS));
        let mut host = HostClient::new(&mut board);
        assert_eq!([(); 3].map(|()| host.count().unwrap()), [start, start + 1, start + 2]);
        place.remove();
    }
    drop(stop);
    let mut program = host.join().unwrap();
    assert_eq!(told.connections(), 3);
    let Counter(count) = endpoint(program.robot.caller_mut()).state();
    assert_eq!(*count, 9);
}

#[test]
fn half_a_command_is_not_completed_by_the_next_board() {
    let (boards, open) = two_halves();
    let mut link = Reconnecting::with("board", open).serve(HostServer::new(Counter::default()));
    while !boards.is_finished() {
        link.process_within(5);
    }
    boards.join().unwrap();
    let Counter(count) = endpoint(&mut link).state();
    assert_eq!(*count, 1);
}

#[test]
fn a_set_up_that_fails_is_tried_again() {
    let place = Place::new("set-up");
    let _board = place.plug_robot();
    let mut attempts = 0;
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let mut link = Reconnecting::new(place.path())
        .on_connect(move |_| {
            attempts += 1;
            if attempts < 3 { Err(format!("no luck at attempt {attempts}").into()) } else { Ok(()) }
        })
        .on_state(move |state| log.lock().unwrap().push(state.to_string()));
    for number in 1..3 {
        let error = link.connect().unwrap_err();
        assert!(matches!(error, ConnectionError::SetUp(_)));
        assert_eq!(error.to_string(), format!("the set-up failed: no luck at attempt {number}"));
    }
    link.connect().unwrap();
    let lines = ["being connected", "not connected: the set-up failed: no luck at attempt 1"];
    let more = ["not connected: the set-up failed: no luck at attempt 2", "connected"];
    let expected: Vec<_> =
        lines.iter().chain(&more).map(|line| format!("{} is {line}", place.path())).collect();
    assert_eq!(*told.lock().unwrap(), expected);
}

#[test]
fn a_connection_that_is_given_up_is_made_again() {
    let place = Place::new("give-up");
    let _board = place.plug_robot();
    let set_ups = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&set_ups);
    let told = Told::default();
    let mut link = Reconnecting::new(place.path())
        .on_connect(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })
        .on_state(told.listener());
    link.give_up();
    link.connect().unwrap();
    link.give_up();
    assert!(!link.is_connected());
    let error = link.call::<()>("begin", ()).unwrap_err().to_string();
    assert!(error.ends_with("is not connected: the program gave the connection up"), "{error}");
    link.connect().unwrap();
    assert_eq!(set_ups.load(Ordering::Relaxed), 2);
    use Kind::{Connected, Connecting, Lost};
    assert_eq!(told.all(), [Connecting, Connected, Lost, Connecting, Connected]);
}

#[test]
fn a_client_that_comes_later_is_checked_and_nothing_is_set_up_again() {
    let place = Place::new("later");
    let _board = place.plug_robot();
    let told = Told::default();
    let mut link = Reconnecting::new(place.path())
        .on_connect(|talk| Ok(RobotClient::new(talk).begin()?))
        .on_state(told.listener());
    link.connect().unwrap();
    assert_eq!(RobotClient::over(&mut link).mult(2, 3).unwrap(), 6);
    let mut wrong = other::RobotClient::over(link);
    assert!(matches!(wrong.mult(2, 3), Err(CallError::Mismatch { .. })));
    assert_eq!(told.all(), [Kind::Connecting, Kind::Connected, Kind::Lost]);
}

#[test]
fn a_thread_serves_and_reconnects_until_it_is_stopped() {
    let place = Place::new("spawn");
    let (connected, connections) = mpsc::channel();
    let link = Reconnecting::new(place.path()).on_state(move |state| {
        if matches!(state, State::Connected { .. }) {
            connected.send(()).unwrap();
        }
    });
    let running = link.spawn();
    for _ in 0..2 {
        let _board = place.plug_robot();
        connections.recv().unwrap();
    }
    assert!(!running.has_ended());
    assert_eq!(running.stop().1, Ok(()));
}

#[test]
fn a_set_up_makes_no_calls_for_a_program_that_has_dropped_it() {
    let place = Place::new("dropped");
    let _board = place.plug_robot();
    let (report, reports) = mpsc::channel();
    let mut link = Reconnecting::new(place.path()).on_connect(move |talk| {
        report.send(None).unwrap();
        let error = loop {
            if let Err(error) = talk.call::<()>("begin", ()) {
                break error;
            }
        };
        report.send(Some(error)).unwrap();
        Ok(())
    });
    link.process_within(0);
    while reports.try_recv().is_err() {
        link.process_within(1);
    }
    drop(link);
    let error = reports.recv().unwrap().unwrap();
    assert!(matches!(error, CallError::Link { error: LinkError::NotConnected { .. }, .. }), "{error:?}");
}

#[test]
#[should_panic = "a set-up that panics"]
fn the_panic_of_a_set_up_reaches_the_program() {
    let place = Place::new("panic");
    let _board = place.plug_robot();
    let _ = Reconnecting::new(place.path()).on_connect(|_| panic!("a set-up that panics")).connect();
}
