//! Who may do what, over QUIC with certificates, through a router with the rules of a `fleet.toml`.
//!
//! `SERIALTALK_FLEET_QUIC_CALLS` is how many calls an operator makes; 2,000 without it.
#![cfg(unix)]

#[path = "security/authority.rs"]
mod authority;
#[path = "security/site.rs"]
mod site;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serialtalk::CallError;
use serialtalk_zenoh::{FleetError, Gateway, board};
use zenoh::Wait;

use site::{RobotAsyncClient, RobotClient, Site, counting};

/// How long something may take that takes a moment: longer means that it never happens.
const LONG: Duration = Duration::from_secs(30);

/// Fails unless a call was refused as if nobody were there, and nothing ran.
#[track_caller]
fn assert_denied(result: Result<f32, CallError<FleetError>>, site: &Site, ran_before: u32) {
    let error = result.unwrap_err();
    assert!(
        matches!(
            error,
            CallError::Link { error: FleetError::Unreachable { .. } | FleetError::Lost { .. }, .. }
        ),
        "{error}"
    );
    assert_eq!(site.mults.load(Ordering::SeqCst), ran_before, "it ran");
}

#[test]
fn an_operator_may_call_everything_and_a_viewer_what_is_listed() {
    let site = Site::new();
    let mut operator = RobotClient::over(board(&site.session("operator"), "robots/*/arm1").unwrap());
    assert_eq!(operator.mult(5.0, 2.0).unwrap(), 10.0);
    assert_eq!(operator.imu().unwrap(), 9.81);

    let session = site.session("viewer");
    let mut viewer = RobotClient::over(board(&session, "robots/*/arm1").unwrap());
    assert_eq!(viewer.imu().unwrap(), 9.81);
    assert_denied(viewer.mult(5.0, 2.0), &site, 1);
    assert_eq!(viewer.imu().unwrap(), 9.81, "it may still do what it may");
    let lists = serialtalk_zenoh::boards(&session, "robots").unwrap();
    assert_eq!(lists[0].boards[0].board, "arm1");

    // Without the client of this crate.
    let query = session.get("robots/cell1/arm1/call/mult").payload(b"\x02ff\0\0\0\0\0\0\0\0".as_slice());
    assert_eq!(query.wait().unwrap().into_iter().count(), 0);
    for wide in ["robots/**", "robots/cell1/arm1/**", "robots/cell1/arm1/call/*", "**"] {
        let replies = session.get(wide).wait().unwrap();
        let called = replies
            .into_iter()
            .filter(|reply| reply.result().is_ok_and(|ok| ok.key_expr().as_str().contains("/call/mult")));
        assert_eq!(called.count(), 0, "{wide}");
    }
    assert_eq!(site.mults.load(Ordering::SeqCst), 1);
}

#[test]
fn whoever_may_use_the_boards_of_one_gateway_is_told_of_that_one() {
    let mut site = Site::new();
    let session = site.session("neighbour");
    let events = serialtalk_zenoh::events(&session, "robots").unwrap();
    let lists = serialtalk_zenoh::boards(&session, "robots").unwrap();
    assert_eq!(lists[0].boards[0].board, "arm1");
    let other = Gateway::new("robots", "cell2").service("arm2", counting(&site.mults));
    let other = other.start(&site.session("cell2")).unwrap();
    let lists = serialtalk_zenoh::boards(&site.session("operator"), "robots").unwrap();
    assert_eq!(lists.len(), 2);
    let lists = serialtalk_zenoh::boards(&session, "robots").unwrap();
    assert_eq!(lists.iter().map(|list| &*list.gateway).collect::<Vec<_>>(), ["cell1"]);
    drop(other);
    drop(site.gateway.take());
    let event = events.recv_timeout(LONG).unwrap().expect("an event");
    assert_eq!((&*event.gateway, &*event.board), ("cell1", "arm1"), "and nothing of the other one");
}

#[test]
fn a_gateway_that_is_a_user_calls_what_it_forwards_to() {
    let site = Site::new();
    let other = Gateway::new("robots", "cell2").service("arm2", counting(&site.mults));
    let _other = other.start(&site.session("cell2")).unwrap();
    let session = site.session("cell1");
    let mut robot = RobotClient::over(board(&session, "robots/cell2/arm2").unwrap());
    assert_eq!(robot.mult(5.0, 2.0).unwrap(), 10.0);
    let mut own = RobotClient::over(board(&session, "robots/cell1/arm1").unwrap());
    assert_denied(own.mult(5.0, 2.0), &site, 1);
}

#[test]
fn strangers_and_expired_certificates_are_refused() {
    let site = Site::new();
    for certificates in [site.stranger("operator"), site.expired("operator"), site.unlisted()] {
        match site.access(certificates).open() {
            Err(_) => {}
            Ok(session) => {
                let mut robot = RobotClient::over(board(&session, "robots/cell1/arm1").unwrap());
                assert_denied(robot.mult(5.0, 2.0), &site, 0);
            }
        }
    }
}

#[test]
fn a_viewer_that_pretends_to_be_a_gateway_gets_no_call() {
    let site = Site::new();
    let session = site.session("viewer");
    let (sender, calls) = std::sync::mpsc::channel();
    let _queryable = session
        .declare_queryable("robots/cell1/**")
        .complete(true)
        .callback(move |query| _ = sender.send(query.key_expr().to_string()))
        .wait()
        .unwrap();
    let mut operator = RobotClient::over(board(&site.session("operator"), "robots/*/arm1").unwrap());
    for number in 1..=100u8 {
        assert_eq!(operator.mult(number.into(), 2.0).unwrap(), f32::from(number) * 2.0);
    }
    assert_eq!(calls.try_iter().count(), 0);
    assert_eq!(site.mults.load(Ordering::SeqCst), 100);
}

#[test]
fn many_calls_over_quic_are_right_and_run_once() {
    let count =
        std::env::var("SERIALTALK_FLEET_QUIC_CALLS").map_or(2_000, |count| count.parse().expect("a number"));
    let site = Site::new();
    let session = site.session("operator");
    let right = Arc::new(AtomicUsize::new(0));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..64)
            .map(|task| {
                let mut robot = RobotAsyncClient::over(board(&session, "robots/cell1/arm1").unwrap());
                let right = Arc::clone(&right);
                tokio::spawn(async move {
                    for number in (task..count).step_by(64) {
                        let number = (number % 65_536) as f32;
                        match robot.mult(number, 2.0).await {
                            Ok(product) => {
                                assert_eq!(product, number * 2.0);
                                right.fetch_add(1, Ordering::SeqCst);
                            }
                            // There are more callers than may wait.
                            Err(CallError::Link { error: FleetError::Busy { .. }, .. }) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
    let done = site.mults.load(Ordering::SeqCst) as usize;
    println!("{done} of {count} calls ran");
    assert_eq!(done, right.load(Ordering::SeqCst), "each ran once");
    assert!(done > count / 2, "{done} of {count} calls ran");
}
