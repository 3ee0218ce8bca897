//! Calls whose replies are lost.

use super::*;

#[test]
fn a_lost_reply_is_asked_for_again_by_the_same_number() {
    let router = Router::new();
    let (asked, requests) = mpsc::channel();
    let mut count = 0;
    let _gateway = Fake::new(&router, "cell1", move |query, request| {
        asked.send((request.id, request.attempt)).unwrap();
        count += 1;
        // What is dropped ends without a reply, as when a router between both dies.
        if count == 3 {
            serve(query);
        }
    });
    let mut robot = robot(&router.session(), "robots/cell1/arm1", LONG);
    assert_eq!(robot.mult(2.0, 3.5).unwrap(), 7.0);
    let requests: Vec<_> = requests.try_iter().collect();
    let id = requests[0].0;
    assert_eq!(requests, [(id, 1), (id, 2), (id, 3)]);
}

#[test]
fn a_call_that_is_meant_for_an_earlier_run_of_a_gateway_is_made_for_the_present_one() {
    let router = Router::new();
    let gateway = Fake::new(&router, "cell1", |_, _| {});
    let info = Arc::clone(&gateway.info);
    let (asked, requests) = mpsc::channel();
    *gateway.answers.lock().unwrap() = Box::new(move |query, request: Request| {
        let is_meant = request.incarnation == Some(info.lock().unwrap().incarnation);
        asked.send((request.id, request.attempt, is_meant)).unwrap();
        if is_meant { serve(query) } else { fail(&query, &Failure::OtherRun) }
    });
    let mut robot = robot(&router.session(), "robots/cell1/arm1", LONG);
    assert_eq!(robot.mult(2.0, 3.5).unwrap(), 7.0);
    Fake::restart(&gateway.info);
    assert_eq!(robot.mult(2.0, 4.0).unwrap(), 8.0);
    let requests: Vec<(CallId, u32, bool)> = requests.try_iter().collect();
    let seen: Vec<_> = requests.iter().map(|(_, attempt, is_meant)| (*attempt, *is_meant)).collect();
    assert_eq!(seen, [(1, true), (1, false), (1, true)]);
    assert_ne!(requests[1].0, requests[2].0, "it is another call");
}

#[test]
fn a_call_that_a_restarted_gateway_may_have_run_is_lost_unless_it_may_run_twice() {
    let router = Router::new();
    let (asked, requests) = mpsc::channel();
    let gateway = Fake::new(&router, "cell1", |_, _| {});
    let info = Arc::clone(&gateway.info);
    *gateway.answers.lock().unwrap() = Box::new(move |query, request: Request| {
        let is_meant = request.incarnation == Some(info.lock().unwrap().incarnation);
        asked.send((request.id, request.attempt, is_meant)).unwrap();
        match requests_so_far() {
            0 | 1 => Fake::restart(&info),
            _ => serve(query),
        }
    });
    fn requests_so_far() -> u32 {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        COUNT.fetch_add(1, Ordering::Relaxed)
    }
    let mut robot = robot(&router.session(), "robots/cell1/arm1", LONG);
    let error = robot.mult(2.0, 3.5).unwrap_err();
    assert_eq!(error.context().command(), "mult");
    let error = link_error(error);
    assert_eq!(error.ran(), Ran::Unknown);
    assert_eq!(
        error.to_string(),
        "the call of robots/cell1/arm1 is lost: its gateway has restarted; it may have run: \
         call it again only if it may run twice"
    );
    assert_eq!(robot.count().unwrap(), 7);
    let requests: Vec<(CallId, u32, bool)> = requests.try_iter().collect();
    assert_eq!(requests.len(), 3, "{requests:?}");
    assert!(requests.iter().all(|(_, attempt, is_meant)| *attempt == 1 && *is_meant), "{requests:?}");
    assert_ne!(requests[1].0, requests[2].0, "it is another call");
}

#[test]
fn what_a_gateway_calls_lost_is_lost() {
    let router = Router::new();
    let lost = Failure::Lost { reason: "its gateway stood still".into() };
    let mut count = 0;
    let _gateway = Fake::new(&router, "cell1", move |query, _| {
        count += 1;
        if count < 3 { fail(&query, &lost) } else { serve(query) }
    });
    let mut robot = robot(&router.session(), "robots/cell1/arm1", LONG);
    let error = link_error(robot.mult(2.0, 3.5).unwrap_err());
    assert!(
        matches!(&error, FleetError::Lost { reason, .. } if reason == "its gateway stood still"),
        "{error}"
    );
    assert_eq!(robot.count().unwrap(), 7, "called anew");
}

#[test]
fn a_gateway_that_dies_in_the_middle_of_a_call_loses_it() {
    let router = Router::new();
    let (asked, requests) = mpsc::channel();
    let gateway = Fake::new(&router, "cell1", move |query, _| asked.send(query).unwrap());
    let session = router.session();
    for timeout in [SHORT, Timeout::Never] {
        let mut robot = robot(&session, "robots/cell1/arm1", timeout);
        assert_eq!(robot.caller_mut().0.route.lock().unwrap().clone(), None);
        let began = Instant::now();
        let calling = std::thread::spawn(move || robot.mult(2.0, 3.5));
        let query = requests.recv().unwrap();
        if timeout == Timeout::Never {
            drop(query);
            gateway.queryable.undeclare().wait().unwrap();
            gateway.session.close().wait().unwrap();
            let error = link_error(calling.join().unwrap().unwrap_err());
            assert!(
                matches!(&error, FleetError::Lost { reason, .. } if reason.contains("cannot be reached")),
                "{error}"
            );
            return;
        }
        // The gateway hangs: it has the call and does not answer.
        let error = link_error(calling.join().unwrap().unwrap_err());
        // A reply may be on its way for as long as the connection counts as good.
        let lease = Duration::from_millis(LEASE_MS.into());
        assert!((lease..lease * 5).contains(&began.elapsed()), "{:?}", began.elapsed());
        assert!(
            matches!(&error, FleetError::Lost { reason, .. } if reason == "no reply came in time"),
            "{error}"
        );
    }
}

#[test]
fn a_gateway_that_never_answers_a_command_ends_the_call() {
    let router = Router::new();
    let count = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&count);
    let _gateway = Fake::new(&router, "cell1", move |_, _| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let mut robot = robot(&router.session(), "robots/cell1/arm1", Timeout::Never);
    let error = link_error(robot.mult(2.0, 3.5).unwrap_err());
    assert!(matches!(&error, FleetError::Lost { reason, .. } if reason.contains("may be denied")), "{error}");
    assert_eq!(count.load(Ordering::Relaxed), 9);
}

#[test]
fn a_refusal_does_not_hide_that_an_attempt_before_may_have_run() {
    let router = Router::new();
    let session = router.session();
    // What the first attempt of a call gets, and what the second.
    for (first, second, address) in [
        (None, Failure::Busy { waiting: 32 }, "robots/cell1/arm1"),
        (None, Failure::NoSuchBoard, "robots/*/arm1"),
        (
            Some(Failure::Lost { reason: "x".into() }),
            Failure::Down { reason: "x".into() },
            "robots/cell1/arm1",
        ),
    ] {
        let (asked, requests) = mpsc::channel();
        let refusal = second.clone();
        let mut count = 0;
        let _gateway = Fake::new(&router, "cell1", move |query, request| {
            asked.send((request.id, request.attempt)).unwrap();
            count += 1;
            match (count, &first) {
                (1, None) => {}
                (1, Some(first)) => fail(&query, first),
                _ => fail(&query, &refusal),
            }
        });
        let mut robot = robot(&session, address, LONG);
        // Only what may run twice is called anew when it is lost.
        let error = match &second {
            Failure::Down { .. } => link_error(robot.count().unwrap_err()),
            _ => link_error(robot.mult(2.0, 3.5).unwrap_err()),
        };
        assert!(matches!(error, FleetError::Lost { .. }), "{second:?}: {error}");
        assert_eq!(requests.try_iter().count(), 2, "{second:?}");
    }
}

#[test]
fn a_way_that_was_not_used_for_a_while_is_asked_for_again() {
    let router = Router::new();
    let gateway = Fake::new(&router, "cell1", |query, _| serve(query));
    let mut robot = robot(&router.session(), "robots/*/arm1", LONG);
    assert_eq!(robot.mult(2.0, 3.5).unwrap(), 7.0);
    gateway.queryable.undeclare().wait().unwrap();
    let _other = Fake::new(&router, "cell2", |query, _| serve(query));
    let lease = Duration::from_millis(LEASE_MS.into());
    if let Some((_, used)) = &mut *robot.caller_mut().0.route.lock().unwrap() {
        *used -= lease;
    }
    assert_eq!(robot.mult(2.0, 4.0).unwrap(), 8.0, "nothing was sent to the one that is gone");
}
