//! What crosses the way to a gateway, and what a caller gets of it.

use super::*;

#[test]
fn calls_say_what_a_gateway_needs_to_know() {
    let router = Router::new();
    let (asked, requests) = mpsc::channel();
    let _gateway = Fake::new(&router, "cell1", move |query, request| {
        asked.send(request).unwrap();
        serve(query);
    });
    let session = router.session();
    let mut robot = robot(&session, "robots/cell1/arm1", LONG);
    assert_eq!(robot.mult(2.0, 3.5).unwrap(), 7.0);
    robot.led(true).unwrap();
    assert_eq!(robot.count().unwrap(), 7);
    let error = robot.caller_mut().call::<()>("nothing", ()).unwrap_err();
    assert_eq!(error.to_string(), "the peer has no command `nothing`");

    let requests: Vec<_> = requests.try_iter().collect();
    let said = |request: &Request| (request.hash, request.is_oneway, request.is_idempotent, request.attempt);
    let hash = |name| Some(ROBOT_INTERFACE.command(name).unwrap().hash);
    assert_eq!(said(&requests[0]), (hash("mult"), false, false, 1));
    assert_eq!(said(&requests[1]), (hash("led"), true, false, 1));
    assert_eq!(said(&requests[2]), (hash("count"), false, true, 1));
    assert_eq!(said(&requests[3]), (None, false, false, 1));
    assert!(requests[0].budget_ms <= Some(20_000) && requests[0].budget_ms > Some(0));
    assert!(requests.iter().all(|request| request.incarnation == requests[0].incarnation));
}

#[test]
fn a_call_runs_on_any_executor_and_blocks_in_any_runtime() {
    let router = Router::new();
    let _gateway = Fake::new(&router, "cell1", |query, _| serve(query));
    let session = router.session();
    let call = || async {
        let board = board(&session, "robots/*/arm1").unwrap();
        let mut robot = RobotAsyncClient::over(Carried(board.0.with_timeout(LONG)));
        serialtalk::AsyncCaller::ready(robot.caller_mut(), 20_000).await.unwrap();
        assert_eq!(robot.mult(2.0, 3.5).await.unwrap(), 7.0);
        // Nobody has it: the question is repeated after a pause.
        let mut nobody = board_of(&session, "robots/cell1/arm2");
        assert!(serialtalk::AsyncCaller::call::<()>(&mut nobody, "echo", ()).await.is_err());
    };
    pollster::block_on(call());
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(call());
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap().block_on(async {
        let opened = Access::connect([format!("unixsock-stream/{}", router.path)]).open_async().await;
        let mut robot = robot(&opened.unwrap(), "robots/cell1/arm1", LONG);
        assert_eq!(robot.mult(2.0, 3.5).unwrap(), 7.0);
    });
    fn board_of(session: &Session, address: &str) -> Carried<Board> {
        Carried(board(session, address).unwrap().0.with_timeout(SHORT))
    }
}

#[test]
fn a_board_is_ready_when_it_is_connected() {
    let router = Router::new();
    let gateway = Fake::new(&router, "cell1", |query, _| serve(query));
    gateway.info.lock().unwrap().state = BoardState::Down("no such port".into());
    let mut board = board(&router.session(), "robots/cell1/arm1").unwrap();
    let error = link_error(board.ready(100).unwrap_err());
    assert_eq!(error.to_string(), "robots/cell1/arm1 is down: no such port");

    let waiting = std::thread::spawn(move || board.ready(20_000));
    gateway.info.lock().unwrap().state = BoardState::Up;
    waiting.join().unwrap().unwrap();
}

#[test]
fn failures_of_a_board_reach_its_caller_as_from_a_line() {
    let router = Router::new();
    let _gateway = Fake::new(&router, "cell1", |query, _| {
        fail(&query, &Failure::ReplyLost { printed: "Traceback: x\n".into() });
    });
    let mut robot = robot(&router.session(), "robots/cell1/arm1", LONG);
    let error = robot.mult(2.0, 3.5).unwrap_err();
    assert!(
        matches!(&error, CallError::ReplyLost { context } if context.stray() == "Traceback: x\n"),
        "{error}"
    );
}
