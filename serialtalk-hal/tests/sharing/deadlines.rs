//! How long a caller waits.

use std::time::{Duration, Instant};

use serialtalk::Awaited;

use super::*;

#[test]
fn a_deadline_includes_the_wait_for_the_turn_and_no_late_call_follows() {
    in_each_world(|shared, mut peer| {
        let home = call(&shared, "home", LONG_MS);
        assert_eq!(peer.next(), "home");
        let mut reader = shared.clone();
        for _ in 0..10 {
            let error = reader.within(Timeout::Ms(20)).call::<u8>("imu", ()).unwrap_err();
            let waited_for = match error {
                CallError::Timeout { waited_ms: 20, awaited, .. } => awaited,
                error => panic!("{error:?}"),
            };
            assert_eq!(waited_for, Awaited::Turn);
        }
        peer.answer("home", 1);
        assert_eq!(home.join().unwrap().unwrap(), 1);
        let after = call(&shared, "after", LONG_MS);
        assert_eq!(peer.next(), "after");
        peer.answer("after", 2);
        assert_eq!(after.join().unwrap().unwrap(), 2);
    });
}

#[test]
fn a_command_without_a_reply_does_not_wait_for_another_call() {
    in_each_world(|shared, mut peer| {
        let home = call(&shared, "home", LONG_MS);
        assert_eq!(peer.next(), "home");
        let mut logger = shared.clone();
        logger.send("log", ()).unwrap();
        assert_eq!(peer.next(), "log");
        peer.answer("home", 1);
        assert_eq!(home.join().unwrap().unwrap(), 1);
    });
}

#[test]
fn a_handler_that_does_not_return_holds_no_caller_up() {
    let end = std::sync::Mutex::new(None);
    let begun = std::sync::Mutex::new(None);
    in_each_world_serving(
        || {
            let (commands, has_begun, ends) = held();
            *begun.lock().unwrap() = Some(has_begun);
            *end.lock().unwrap() = Some(ends);
            commands
        },
        |shared, mut peer| {
            peer.call("hold");
            begun.lock().unwrap().take().unwrap().recv().unwrap();
            let start = Instant::now();
            let error = call(&shared, "imu", 50).join().unwrap().unwrap_err();
            assert!(matches!(error, CallError::Timeout { awaited: Awaited::Turn, .. }), "{error:?}");
            assert!(start.elapsed() < Duration::from_secs(10));
            end.lock().unwrap().take().unwrap().send(()).unwrap();
            assert_eq!(peer.next(), "holdack");
            let later = call(&shared, "later", LONG_MS);
            assert_eq!(peer.next(), "later", "what its caller has given up is not sent");
            peer.answer("later", 3);
            assert_eq!(later.join().unwrap().unwrap(), 3);
        },
    );
}

/// A caller that is dropped does not wait any more.
#[cfg(feature = "tokio")]
#[tokio::test]
async fn a_future_that_is_dropped_is_not_sent() {
    use serialtalk::AsyncCaller;
    let (board, host) = serialtalk_hal::asynch::loopback();
    let (served, mut was_served) = tokio::sync::mpsc::unbounded_channel();
    let (release, mut released) = tokio::sync::mpsc::unbounded_channel::<()>();
    let mut board = board;
    for name in ["first", "second", "third"] {
        let served = served.clone();
        board.add_command(name, move || served.send(name).unwrap()).unwrap();
    }
    let (shared, run) = serialtalk_hal::asynch::share(host);
    let host = tokio::spawn(run);
    let mut callers = [shared.clone(), shared.clone(), shared];
    let [first, second, third] = &mut callers;
    let mut first = Box::pin(AsyncCaller::call::<()>(first, "first", ()));
    let mut second = Box::pin(AsyncCaller::call::<()>(second, "second", ()));
    // Both are asked for, in this order.
    tokio::select! { biased; _ = &mut first => unreachable!(), _ = &mut second => unreachable!(), () = async {} => {} }
    drop(second);
    let board = tokio::spawn(async move {
        released.recv().await.unwrap();
        board.run().await
    });
    release.send(()).unwrap();
    first.await.unwrap();
    AsyncCaller::call::<()>(third, "third", ()).await.unwrap();
    assert_eq!(was_served.recv().await, Some("first"));
    assert_eq!(was_served.recv().await, Some("third"));
    drop(callers);
    host.await.unwrap().unwrap();
    board.await.unwrap().unwrap();
}
