//! How sharing ends.

use super::*;

#[test]
fn a_line_that_ends_fails_every_call_at_once() {
    in_each_world(|shared, mut peer| {
        let running = call(&shared, "home", LONG_MS);
        assert_eq!(peer.next(), "home");
        let waiting = call(&shared, "imu", LONG_MS);
        drop(peer);
        for call in [running, waiting, call(&shared, "later", LONG_MS)] {
            let error = call.join().unwrap().unwrap_err();
            assert!(error.is_link(), "{error:?}");
            assert_eq!(error.context().link(), "line");
        }
    });
}

#[test]
fn a_thread_ends_with_its_last_caller() {
    let (host, _board) = serialtalk_hal::memory::pair();
    let (shared, running) = share(over(host, "line").plain()).unwrap();
    let other = shared.clone();
    drop(shared);
    assert!(!running.has_ended());
    drop(other);
    while !running.has_ended() {
        thread::yield_now();
    }
    let (_, result) = running.stop();
    assert_eq!(result, Ok(()));
}

#[test]
fn a_thread_that_is_stopped_gives_the_endpoint_back() {
    let (host, board) = serialtalk_hal::memory::pair();
    let (mut shared, running) = share(over(host, "line").plain()).unwrap();
    let (mut talk, result) = running.stop();
    assert_eq!(result, Ok(()));
    let error = shared.call::<u8>("imu", ()).unwrap_err();
    assert!(matches!(error, CallError::Closed { .. }), "{error:?}");
    let mut peer = Peer::new(board);
    let direct = thread::spawn(move || talk.call::<u8>("imu", ()));
    assert_eq!(peer.next(), "imu");
    peer.answer("imu", 3);
    assert_eq!(direct.join().unwrap().unwrap(), 3);
}

#[test]
fn a_handler_that_panics_fails_every_call() {
    let (host, board) = serialtalk_hal::memory::pair();
    let mut talk = over(host, "line").plain();
    talk.add_command("panic", || -> () { panic!("as told") }).unwrap();
    let (shared, running) = share(talk).unwrap();
    let mut peer = Peer::new(board);
    let first = call(&shared, "home", LONG_MS);
    assert_eq!(peer.next(), "home");
    let second = call(&shared, "imu", LONG_MS);
    peer.call("panic");
    for call in [first, second, call(&shared, "later", LONG_MS)] {
        let error = call.join().unwrap().unwrap_err();
        assert!(matches!(error, CallError::Closed { .. }), "{error:?}");
    }
    let panic = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| running.stop())).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"as told"));
}
