//! The life of a connection by a clock that is made up.

use std::sync::{Arc, Mutex};

use serialtalk::{CallError, Caller};

use super::*;
use crate::{OpenError, Spawn};

#[serialtalk::interface]
trait Robot {
    fn reset(&mut self);
}

#[serialtalk::interface]
trait Arm {
    fn grip(&mut self, force: u8);
}

/// A lifecycle that is driven, its time, and all that it has told.
struct Driven {
    lifecycle: Lifecycle,
    now: Duration,
    told: Arc<Mutex<Vec<String>>>,
}

impl Driven {
    fn new() -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&told);
        let mut lifecycle = Lifecycle::new("port");
        lifecycle.set_listener(move |state| listener.lock().unwrap().push(state.to_string()));
        Self { lifecycle, now: Duration::from_secs(7), told }
    }

    fn connected() -> Self {
        let mut driven = Self::new();
        assert_eq!(driven.attempt(Ok(())), Duration::ZERO);
        driven.told();
        driven
    }

    /// Waits until an attempt may be made and makes it; returns how long it waited.
    fn attempt(&mut self, outcome: Result<(), ConnectionError>) -> Duration {
        let mut waited = Duration::ZERO;
        while let Next::Wait(time) = self.lifecycle.next(self.now) {
            waited += time;
            self.now += time;
        }
        assert_eq!(self.lifecycle.next(self.now), Next::Attempt);
        self.lifecycle.begin();
        assert_eq!(self.lifecycle.next(self.now), Next::Await);
        self.lifecycle.end(outcome, self.now);
        waited
    }

    fn lose(&mut self) {
        self.lifecycle.lose(ConnectionError::Closed, self.now);
    }

    /// What was told since this was called last.
    fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    fn refusal(&self) -> String {
        self.lifecycle.refusal("reset").to_string()
    }
}

fn missing() -> Result<(), ConnectionError> {
    Err(ConnectionError::Open(OpenError::NotFound { port: "port".into(), ports: vec![] }))
}

fn busy() -> Result<(), ConnectionError> {
    Err(ConnectionError::Open(OpenError::Busy { port: "port".into() }))
}

/// The mismatch of a peer that has another version of `Robot`.
fn mismatch() -> Result<(), ConnectionError> {
    #[serialtalk::interface]
    trait Robot {
        fn reset(&mut self, hard: bool);
    }
    struct Other;
    impl Robot for Other {
        fn reset(&mut self, _hard: bool) {}
    }
    let (board, mut host) = crate::loopback();
    let _serving = board.serve(RobotServer::new(Other)).spawn();
    Err(ConnectionError::of_check(host.agree(&self::ROBOT_INTERFACE, READY_MS).unwrap_err()))
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn waits_double_up_to_a_second_and_begin_again_after_a_connection() {
    let mut driven = Driven::connected();
    for _ in 0..2 {
        driven.lose();
        let waits: Vec<_> = (0..8).map(|_| driven.attempt(missing())).collect();
        assert_eq!(waits, [50, 100, 200, 400, 800, 1000, 1000, 1000].map(ms));
        assert_eq!(driven.attempt(Ok(())), ms(1000));
    }
}

#[test]
fn the_first_attempt_is_made_at_once_and_the_second_is_not() {
    let mut driven = Driven::new();
    assert_eq!(driven.attempt(missing()), ms(0));
    assert_eq!(driven.attempt(missing()), ms(50));
    assert_eq!(driven.attempt(missing()), ms(100));
}

#[test]
fn an_attempt_is_not_due_a_moment_before_its_time() {
    let mut driven = Driven::connected();
    driven.lose();
    let nearly = driven.now + ms(50) - Duration::from_nanos(1);
    assert_eq!(driven.lifecycle.next(nearly), Next::Wait(Duration::from_nanos(1)));
    assert_eq!(driven.lifecycle.next(nearly + Duration::from_nanos(1)), Next::Attempt);
    assert_eq!(driven.lifecycle.next(driven.now + Duration::from_secs(1_000_000)), Next::Attempt);
}

#[test]
fn each_change_is_told_once() {
    let mut driven = Driven::new();
    driven.attempt(missing());
    driven.attempt(missing());
    driven.attempt(busy());
    driven.attempt(busy());
    driven.attempt(Ok(()));
    driven.lose();
    driven.attempt(busy());
    driven.attempt(Ok(()));
    assert_eq!(
        driven.told(),
        [
            "port is being connected",
            "port is not connected: no such port; there is no serial port on this machine",
            "port is not connected: port is in use by another program (a serial monitor, perhaps): close that first",
            "port is connected",
            "port is not connected: the other end closed the link",
            "port is being connected",
            "port is not connected: port is in use by another program (a serial monitor, perhaps): close that first",
            "port is connected",
        ]
    );
}

#[test]
fn calls_wait_for_the_first_attempt_and_as_long_as_told_for_others() {
    let (limit, timeout) = (ms(1500), Timeout::Ms(1500));
    let mut driven = Driven::new();
    let patience = |driven: &Driven| driven.lifecycle.patience(timeout);
    assert_eq!(patience(&driven), limit);
    driven.lifecycle.begin();
    assert_eq!(patience(&driven), limit);
    assert_eq!(driven.lifecycle.patience(Timeout::Never), Duration::MAX);
    driven.lifecycle.end(missing(), driven.now);
    assert_eq!(patience(&driven), ms(0));
    driven.attempt(Ok(()));
    driven.lose();
    assert_eq!(patience(&driven), ms(0));
    driven.lifecycle.set_patience(200);
    assert_eq!(patience(&driven), ms(200));
    assert_eq!(driven.lifecycle.patience(Timeout::Never), ms(200));
    assert_eq!(driven.lifecycle.patience(Timeout::Ms(20)), ms(20));
    driven.now += ms(50);
    driven.lifecycle.begin();
    assert_eq!(patience(&driven), ms(200));
}

#[test]
fn what_is_left_of_a_timeout_is_what_was_not_waited() {
    assert_eq!(rest_of(Timeout::Ms(100), ms(30)), Timeout::Ms(70));
    assert_eq!(rest_of(Timeout::Ms(100), ms(300)), Timeout::Ms(0));
    assert_eq!(rest_of(Timeout::Ms(100), Duration::MAX), Timeout::Ms(0));
    assert_eq!(rest_of(Timeout::Never, ms(300)), Timeout::Never);
}

#[test]
fn a_refused_call_says_why() {
    let mut driven = Driven::new();
    driven.lifecycle.begin();
    assert_eq!(
        driven.refusal(),
        "calling `reset` failed: port is not connected: the first attempt has not ended yet"
    );
    driven.lifecycle.end(missing(), driven.now);
    let missing = "calling `reset` failed: port is not connected: no such port; there is no serial port on this machine";
    assert_eq!(driven.refusal(), missing);
    driven.now += ms(50);
    driven.lifecycle.begin();
    assert_eq!(driven.refusal(), missing);
}

#[test]
fn another_contract_is_the_error_of_every_call_until_the_link_is_lost() {
    let mut driven = Driven::connected();
    driven.lose();
    driven.attempt(mismatch());
    for _ in 0..2 {
        assert_eq!(driven.lifecycle.next(driven.now), Next::Serve);
        assert!(driven.lifecycle.is_open() && !driven.lifecycle.is_connected());
        assert_eq!(driven.lifecycle.patience(Timeout::Ms(1500)), ms(0));
        let error = driven.lifecycle.refusal("imu");
        assert!(matches!(&error, CallError::Mismatch { context, .. } if context.command() == "reset"));
        driven.now += Duration::from_secs(3600);
    }
    driven.lose();
    assert_eq!(driven.attempt(Ok(())), ms(50));
    assert!(driven.lifecycle.is_connected());
    let told = driven.told();
    let (before, after) = (&told[..2], &told[3..]);
    let lost = ["port is not connected: the other end closed the link", "port is being connected"];
    assert_eq!(before, lost);
    assert!(told[2].starts_with("port is not connected: the interface does not fit the peer"), "{told:?}");
    assert_eq!(after, [lost[0], lost[1], "port is connected"]);
}

#[test]
fn each_interface_is_compared_once_for_each_connection() {
    let names = |interfaces: Vec<&'static Interface>| interfaces.iter().map(|it| it.name).collect::<Vec<_>>();
    let mut driven = Driven::new();
    driven.lifecycle.expect(&ROBOT_INTERFACE);
    driven.lifecycle.expect(&ROBOT_INTERFACE);
    assert_eq!(names(driven.lifecycle.begin()), ["Robot"]);
    // Told while the attempt is made: that has not compared it.
    driven.lifecycle.expect(&ARM_INTERFACE);
    driven.lifecycle.end(Ok(()), driven.now);
    assert!(!driven.lifecycle.is_connected());
    assert_eq!(driven.lifecycle.patience(Timeout::Ms(1500)), ms(1500));
    driven.told();
    assert_eq!(driven.lifecycle.next(driven.now), Next::Attempt);
    assert_eq!(names(driven.lifecycle.begin()), ["Arm"]);
    driven.lifecycle.end(Ok(()), driven.now);
    assert!(driven.lifecycle.is_connected());
    assert!(driven.told().is_empty(), "the link stayed as it was");
    driven.lose();
    driven.now += ms(50);
    assert_eq!(names(driven.lifecycle.begin()), ["Robot", "Arm"]);
}

#[test]
fn a_check_that_fails_ends_the_connection() {
    let mut driven = Driven::connected();
    driven.lifecycle.expect(&ROBOT_INTERFACE);
    driven.attempt(Err(ConnectionError::Closed));
    assert_eq!(driven.attempt(Ok(())), ms(50));
    let told = driven.told();
    assert_eq!(
        told,
        [
            "port is not connected: the other end closed the link",
            "port is being connected",
            "port is connected"
        ]
    );
}
