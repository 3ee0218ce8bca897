//! Async callers whose boards and servers go away and return.

use core::time::Duration;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use embedded_io_async::{Read, Write};
use serialtalk::{AsyncCaller, AsyncService, CallError, Timeout};
use serialtalk_hal::asynch::{Attempted, Reconnecting, over};
use serialtalk_hal::memory::{self, MemoryLink};
use serialtalk_hal::reconnecting::{ConnectionError, State};
use serialtalk_hal::{LinkError, OpenError, Services, Spawn};
use tokio::time::{Instant, timeout};

use crate::boards::{Place, mortal_board, mortal_server, two_halves};
use crate::common::LONG_MS;
use crate::every_byte::{Outcomes, PEERS, check, lives};
use crate::robot::{Counter, Fake, HostClient, HostServer, RobotAsyncClient, RobotServer, other};
use crate::states::{Kind, Told};

type Called<T, E = core::convert::Infallible> = Result<T, CallError<LinkError, E>>;

fn is_not_connected<T, E>(result: &Called<T, E>) -> bool {
    matches!(result, Err(CallError::Link { error: LinkError::NotConnected { .. }, .. }))
}

/// Makes calls until `is_over`.
async fn call_until(target: &str, told: &Told, is_over: impl Fn() -> bool) -> Outcomes {
    let link = Reconnecting::new(target)
        .with_endpoint(|mut talk| {
            talk.set_timeout(Timeout::Ms(LONG_MS));
            talk
        })
        .on_connect(async |talk| Ok(RobotAsyncClient::new(talk).begin().await?))
        .on_state(told.listener());
    let mut robot = RobotAsyncClient::over(link);
    let mut outcomes = Outcomes::default();
    let mut number = 0;
    while !is_over() {
        number += 1;
        let result = robot.mult(number, 3).await;
        if outcomes.note(number, result, robot.caller().is_connected()) {
            let _ = timeout(Duration::from_millis(5), robot.caller_mut().process()).await;
        }
    }
    outcomes
}

#[test]
fn a_board_that_vanishes_gives_right_values_or_errors() {
    on_threads(|number| {
        let place = Place::new(&format!("async-byte-{number}"));
        let path = place.path().to_owned();
        let told = Told::default();
        let board = mortal_board(place, lives(number));
        let outcomes = run(call_until(&path, &told, || board.is_finished()));
        check(&outcomes, &board.join().unwrap().1, &told);
    });
}

#[test]
fn a_server_that_vanishes_gives_right_values_or_errors() {
    on_threads(|number| {
        let told = Told::default();
        let (address, server) = mortal_server(lives(number));
        let outcomes = run(call_until(&format!("tcp://{address}"), &told, || server.is_finished()));
        check(&outcomes, &server.join().unwrap().1, &told);
    });
}

fn on_threads(test: impl Fn(u64) + Sync) {
    std::thread::scope(|scope| {
        for number in 0..PEERS {
            let test = &test;
            scope.spawn(move || test(number));
        }
    });
}

/// Runs a test that may last as long as nothing should.
fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        timeout(Duration::from_millis(4 * u64::from(LONG_MS)), test).await.expect("it ends")
    })
}

/// Drives a link until something is over and no attempt is made, and leaves it again and again meanwhile.
async fn drive<L, S, U, A>(link: &mut Reconnecting<L, S, U, A>, is_over: impl Fn() -> bool)
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
    A: Future<Output = Attempted<L, S>>,
{
    while !is_over() || link.endpoint().is_none() {
        let _ = timeout(Duration::from_millis(5), link.process()).await;
    }
}

#[tokio::test]
async fn services_keep_their_state_and_are_there_again_without_a_call() {
    let place = Place::new("async-services");
    let told = Told::default();
    let mut link =
        Reconnecting::new(place.path()).serve(HostServer::new(Counter::default())).on_state(told.listener());
    let boards = std::thread::spawn(move || {
        for start in [1, 4, 7] {
            let mut board = serialtalk_hal::over(place.plug_silent(), "board");
            serialtalk::Caller::ready(&mut board, LONG_MS).unwrap();
            let mut host = HostClient::new(&mut board);
            assert_eq!([(); 3].map(|()| host.count().unwrap()), [start, start + 1, start + 2]);
            place.remove();
        }
    });
    drive(&mut link, || boards.is_finished()).await;
    boards.join().unwrap();
    assert_eq!(told.connections(), 3);
    let Counter(count) = link.endpoint().unwrap().state();
    assert_eq!(*count, 9);
}

#[tokio::test]
async fn half_a_command_is_not_completed_by_the_next_board() {
    let (boards, mut open) = two_halves();
    let mut link = Reconnecting::with("board", move || core::future::ready(open()))
        .serve(HostServer::new(Counter::default()));
    drive(&mut link, || boards.is_finished()).await;
    boards.join().unwrap();
    let Counter(count) = link.endpoint().unwrap().state();
    assert_eq!(*count, 1);
}

#[tokio::test]
async fn a_client_that_comes_later_is_checked_and_nothing_is_set_up_again() {
    let told = Told::default();
    let mut link = Reconnecting::with("board", board_of_tasks())
        .on_connect(async |talk| Ok(RobotAsyncClient::new(talk).begin().await?))
        .on_state(told.listener());
    link.connect().await.unwrap();
    assert_eq!(RobotAsyncClient::over(&mut link).mult(2, 3).await.unwrap(), 6);
    let mut wrong = other::RobotAsyncClient::over(link);
    assert!(matches!(wrong.mult(2, 3).await, Err(CallError::Mismatch { .. })));
    assert_eq!(told.all(), [Kind::Connecting, Kind::Connected, Kind::Lost]);
}

#[tokio::test]
async fn another_contract_is_a_mismatch_until_the_board_is_replaced() {
    let place = Place::new("async-mismatch");
    let wrong = place.plug(other::RobotServer::new(other::Fake));
    let link = Reconnecting::new(place.path())
        .wait_for_reconnection(LONG_MS)
        .on_connect(async |talk| Ok(RobotAsyncClient::new(talk).begin().await?));
    let mut robot = RobotAsyncClient::over(link);
    let error = robot.caller_mut().connect().await.unwrap_err();
    assert!(matches!(&error, ConnectionError::Contract(CallError::Mismatch { .. })), "{error:?}");
    assert!(matches!(robot.mult(2, 3).await, Err(CallError::Mismatch { .. })));
    drop(wrong);
    let _board = place.plug_robot();
    while matches!(robot.mult(2, 3).await, Err(CallError::Mismatch { .. })) {
        tokio::task::yield_now().await;
    }
    assert_eq!(robot.mult(2, 3).await.unwrap(), 6);
}

/// Opens links to boards that run as tasks.
fn board_of_tasks() -> impl FnMut() -> core::future::Ready<Result<MemoryLink, OpenError>> + Send + 'static {
    || {
        let (board, host) = memory::pair();
        let mut board = over(board, "board").serve(RobotServer::new(Fake::default()));
        tokio::spawn(async move { board.run().await });
        core::future::ready(Ok(host))
    }
}

/// A link that is never there.
async fn missing() -> Result<MemoryLink, OpenError> {
    Err(OpenError::Refused { port: "gone".into() })
}

#[tokio::test(start_paused = true)]
async fn calls_wait_exactly_as_long_as_told_and_as_their_deadlines() {
    let mut at_once = Reconnecting::with("gone", missing);
    at_once.connect().await.unwrap_err();
    let began = Instant::now();
    assert!(is_not_connected(&at_once.call::<()>("reset", ()).await));
    assert!(began.elapsed() <= Duration::from_millis(1), "{:?}", began.elapsed());

    for (patience_ms, timeout, waited) in [
        (200, Timeout::Ms(1500), 200),
        (200, Timeout::Never, 200),
        (5000, Timeout::Ms(300), 300),
        (u32::MAX, Timeout::Ms(70), 70),
    ] {
        let mut link = Reconnecting::with("gone", missing).wait_for_reconnection(patience_ms);
        link.connect().await.unwrap_err();
        let began = Instant::now();
        assert!(is_not_connected(&link.within(timeout).call::<()>("reset", ()).await));
        let took = began.elapsed().as_millis();
        assert!((waited..=waited + 2).contains(&took), "{took} ms instead of {waited} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_port_that_is_gone_is_looked_for_at_50_ms_to_a_second() {
    let attempts = Arc::new(Mutex::new(vec![Instant::now()]));
    let times = Arc::clone(&attempts);
    let mut link = Reconnecting::with("gone", move || {
        times.lock().unwrap().push(Instant::now());
        missing()
    });
    while attempts.lock().unwrap().len() < 9 {
        // Dropped and taken up again and again, as in a program that waits for other things.
        let _ = timeout(Duration::from_millis(1), link.process()).await;
    }
    let attempts = attempts.lock().unwrap();
    let gaps = attempts.windows(2).map(|pair| (pair[1] - pair[0]).as_millis());
    for (gap, expected) in gaps.clone().zip([0, 50, 100, 200, 400, 800, 1000, 1000]) {
        assert!((expected..expected + 5).contains(&gap), "{:?}", gaps.collect::<Vec<_>>());
    }
}

/// What a board does that never finishes.
#[serialtalk::interface(send)]
trait Endless {
    async fn wait(&mut self);
}

struct Forever;

impl Endless for Forever {
    async fn wait(&mut self) {
        core::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waited_has_the_rest_of_its_time() {
    let mut lives = [10, 3_600_000].into_iter();
    let link = Reconnecting::with("board", move || {
        let (board, host) = memory::pair();
        let mut board = over(board, "board").serve(EndlessServer::new(Forever));
        let life = Duration::from_millis(lives.next().unwrap());
        tokio::spawn(async move { timeout(life, board.run()).await });
        core::future::ready(Ok(host))
    });
    let mut board = EndlessAsyncClient::over(link.wait_for_reconnection(5000));
    board.caller_mut().connect().await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    let began = Instant::now();
    let error = board.within(Timeout::Ms(300)).wait().await.unwrap_err();
    let CallError::Timeout { waited_ms, awaited: serialtalk::Awaited::Reply, .. } = error else {
        panic!("{error:?}")
    };
    assert!((240..=250).contains(&waited_ms), "{waited_ms}");
    assert!((300..=305).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_slow_set_up_is_made_once_however_often_it_is_left() {
    let set_ups = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&set_ups);
    let told = Told::default();
    let link = Reconnecting::with("board", board_of_tasks())
        .on_connect(async move |talk| {
            count.fetch_add(1, Ordering::Relaxed);
            RobotAsyncClient::new(&mut *talk).begin().await?;
            tokio::time::sleep(Duration::from_secs(3)).await;
            Ok(())
        })
        .on_state(told.listener());
    let mut robot = RobotAsyncClient::over(link);
    let began = Instant::now();
    // A call whose deadline comes first, and programs that do something else every millisecond.
    assert!(is_not_connected(&robot.within(Timeout::Ms(100)).mult(2, 3).await));
    assert!(began.elapsed() <= Duration::from_millis(102), "{:?}", began.elapsed());
    while !robot.caller().is_connected() {
        let _ = timeout(Duration::from_millis(1), robot.caller_mut().process()).await;
    }
    assert!(began.elapsed() < Duration::from_millis(3100), "{:?}", began.elapsed());
    assert_eq!(robot.mult(2, 3).await.unwrap(), 6);
    assert_eq!(set_ups.load(Ordering::Relaxed), 1);
    assert_eq!(told.all(), [Kind::Connecting, Kind::Connected]);
}

#[tokio::test(start_paused = true)]
async fn a_set_up_that_fails_is_tried_again_and_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let mut attempts = 0;
    let mut link = Reconnecting::with("board", board_of_tasks())
        .on_connect(async move |_| {
            attempts += 1;
            if attempts < 2 { Err("no luck".into()) } else { Ok(()) }
        })
        .on_state(move |state: State<'_>| log.lock().unwrap().push(state.to_string()));
    assert_eq!(link.connect().await.unwrap_err().to_string(), "the set-up failed: no luck");
    link.connect().await.unwrap();
    link.give_up();
    link.connect().await.unwrap();
    assert_eq!(
        *told.lock().unwrap(),
        [
            "board is being connected",
            "board is not connected: the set-up failed: no luck",
            "board is connected",
            "board is not connected: the program gave the connection up",
            "board is being connected",
            "board is connected",
        ]
    );
}

#[tokio::test]
async fn a_caller_can_be_moved_to_other_threads() {
    fn check<T: Send>(_: &T) {}
    let link = Reconnecting::with("board", board_of_tasks())
        .serve(HostServer::new(Counter::default()))
        .with_endpoint(|talk| talk.without_echo())
        .on_connect(async |talk| Ok(RobotAsyncClient::new(talk).begin().await?));
    let mut robot = RobotAsyncClient::over(link);
    check(&robot);
    check(&robot.mult(2, 3));
    check(&robot.caller_mut().run());
    let product = tokio::spawn(async move { robot.mult(2, 3).await });
    assert_eq!(product.await.unwrap().unwrap(), 6);
}

#[tokio::test]
async fn a_blocking_board_is_called() {
    let (board, host) = memory::pair();
    let _board = serialtalk_hal::over(board, "board").serve(RobotServer::new(Fake::default())).spawn();
    let mut host = Some(host);
    let link = Reconnecting::with("board", move || {
        core::future::ready(host.take().ok_or(OpenError::Refused { port: "board".into() }))
    })
    .on_connect(async |talk| Ok(RobotAsyncClient::new(talk).begin().await?));
    assert_eq!(RobotAsyncClient::over(link).mult(2, 3).await.unwrap(), 6);
}
