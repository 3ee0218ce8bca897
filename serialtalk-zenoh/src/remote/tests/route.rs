//! Which gateway has a board.

use super::*;

#[test]
fn nobody_is_unreachable() {
    let router = Router::new();
    for address in ["robots/cell1/arm1", "robots/*/arm1"] {
        let mut robot = robot(&router.session(), address, SHORT);
        let error = robot.mult(2.0, 3.5).unwrap_err();
        assert_eq!(error.context().command(), "mult");
        let error = link_error(error);
        assert_eq!(error, FleetError::Unreachable { board: address.into(), waited_ms: 100 });
        assert_eq!(error.ran(), Ran::No);
    }
}

#[test]
fn a_gateway_that_starts_within_the_time_of_a_call_is_found() {
    let router = Router::new();
    let mut robot = robot(&router.session(), "robots/*/arm1", LONG);
    let calling = std::thread::spawn(move || robot.mult(2.0, 3.5));
    let _gateway = Fake::new(&router, "cell1", |query, _| serve(query));
    assert_eq!(calling.join().unwrap().unwrap(), 7.0);
}

#[test]
fn two_gateways_with_one_board_or_one_name_are_refused() {
    let router = Router::new();
    let _first = Fake::new(&router, "cell1", |_, _| panic!("called"));
    let second = Fake::new(&router, "cell2", |_, _| panic!("called"));
    let session = router.session();
    let error = link_error(robot(&session, "robots/*/arm1", LONG).mult(2.0, 3.5).unwrap_err());
    assert_eq!(error.ran(), Ran::No);
    let text = error.to_string();
    assert!(
        text.starts_with("robots/*/arm1 is ambiguous: cell1 (run ") && text.contains("), cell2 (run "),
        "{text}"
    );

    drop(second);
    let _twin = Fake::new(&router, "cell1", |_, _| panic!("called"));
    let error = link_error(robot(&session, "robots/cell1/arm1", LONG).mult(2.0, 3.5).unwrap_err());
    assert!(matches!(error, FleetError::Several { .. }), "{error}");
}

#[test]
fn a_board_that_has_moved_is_found_at_its_new_gateway() {
    let router = Router::new();
    let first = Fake::new(&router, "cell1", |query, _| serve(query));
    let session = router.session();
    let (mut anywhere, mut there) =
        (robot(&session, "robots/*/arm1", LONG), robot(&session, "robots/cell1/arm1", LONG));
    anywhere.mult(2.0, 3.5).unwrap();
    there.mult(2.0, 3.5).unwrap();

    first.info.lock().unwrap().board = "arm2".into();
    *first.answers.lock().unwrap() = Box::new(|query, _| fail(&query, &Failure::NoSuchBoard));
    let _second = Fake::new(&router, "cell2", |query, _| serve(query));
    assert_eq!(anywhere.mult(2.0, 3.5).unwrap(), 7.0);
    let error = link_error(there.mult(2.0, 3.5).unwrap_err());
    assert_eq!(error, FleetError::NoSuchBoard { board: "robots/cell1/arm1".into() });
}
