//! Chosen requests, one rule at a time.

use super::*;

fn words_of_a_lost_turn(context: Context) -> String {
    let awaited = Awaited::Turn;
    CallError::<crate::LinkError>::Timeout { waited_ms: 20, awaited, ran: awaited.ran(), context }.to_string()
}

#[test]
fn calls_have_their_turns_in_the_order_in_which_they_are_asked_for() {
    let mut line = Line::new();
    let asked = ["a", "b", "a", "c"].map(|name| line.ask(call(name)));
    for (name, (value, asked)) in ["a", "b", "a", "c"].into_iter().zip((1..).zip(&asked)) {
        assert_eq!(line.sends(), [name]);
        line.answer(name, value);
        // The turn ends with the reply, and the next begins.
        line.turns.poll(&mut line.endpoint, 0);
        assert_eq!(asked.value(), value);
    }
}

#[test]
fn a_deadline_includes_the_wait_for_the_turn() {
    let mut line = Line::new();
    let home = line.ask(within(2500, call("home")));
    assert_eq!(line.run(), (vec![("home".into(), vec![1, b'B', 0])], Some(2500)));
    line.now = 100;
    let imu = line.ask(within(20, call("imu")));
    assert_eq!(line.run(), (vec![], Some(20)));
    line.now = 119;
    assert_eq!(line.run(), (vec![], Some(1)));
    line.now = 120;
    assert_eq!(line.run(), (vec![], Some(2380)));
    let error = imu.error();
    assert!(matches!(error, CallError::Timeout { waited_ms: 20, awaited: Awaited::Turn, .. }), "{error:?}");
    assert_eq!(
        words_of_a_lost_turn(error.context().clone()),
        "`imu` was not sent: other calls on line took the 20 ms that it could wait for its turn"
    );
    line.now = 2400;
    line.answer("home", 1);
    assert_eq!(line.sends(), [""; 0], "what came too late is not sent");
    assert_eq!(home.value(), 1);
}

#[test]
fn what_was_waited_before_the_turn_counts() {
    let mut line = Line::new();
    let first = line.ask(call("first"));
    let second = line.ask(within(1000, call("second")));
    assert_eq!(line.sends(), ["first"]);
    line.now = 900;
    line.answer("first", 1);
    assert_eq!(line.run(), (vec![("second".into(), vec![1, b'B', 0])], Some(100)));
    line.now = 1000;
    line.run();
    assert_eq!(first.value(), 1);
    let error = second.error();
    assert!(
        matches!(error, CallError::Timeout { waited_ms: 1000, awaited: Awaited::Reply, .. }),
        "{error:?}"
    );
}

#[test]
fn what_awaits_no_reply_does_not_wait_for_its_turn() {
    let mut line = Line::new();
    let home = line.ask(call("home"));
    assert_eq!(line.sends(), ["home"]);
    let log = line.ask(oneway("log"));
    let same = line.ask(oneway("home"));
    let next = line.ask(call("imu"));
    assert_eq!(line.sends(), ["log"]);
    assert!(log.is_done());
    assert!(!same.is_done(), "its reply could be taken for that of the call");
    line.answer("home", 1);
    assert_eq!(line.sends(), ["home", "imu"]);
    assert_eq!(home.value(), 1);
    assert!(same.is_done());
    line.answer("log", 9);
    line.answer("home", 9);
    line.answer("imu", 2);
    assert_eq!(line.sends(), [""; 0]);
    assert_eq!(next.value(), 2);
}

#[test]
fn what_awaits_no_reply_holds_nobody_up() {
    let mut line = Line::new();
    let _logs = [0; 5].map(|_| line.ask(oneway("log")));
    let imu = line.ask(call("imu"));
    line.receive("get_version", b"\x01z");
    assert_eq!(line.sends(), ["log", "get_versionack", "log", "imu", "log", "log", "log"]);
    line.answer("imu", 1);
    line.run();
    assert_eq!(imu.value(), 1);
}

#[test]
fn an_urgent_call_is_sent_beside_the_one_that_is_awaited() {
    for urgent_first in [false, true] {
        let mut line = Line::new();
        let home = line.ask(call("home"));
        assert_eq!(line.sends(), ["home"]);
        let imu = line.ask(call("imu"));
        let stop = line.ask(urgent(call("stop")));
        let flash = line.ask(urgent(oneway("flash")));
        assert_eq!(line.sends(), ["flash", "stop"]);
        assert!(flash.is_done());
        if urgent_first {
            line.answer("stop", 2);
            assert_eq!(line.sends(), [""; 0]);
            assert_eq!(stop.value(), 2);
            line.answer("home", 1);
        } else {
            line.answer("home", 1);
            assert_eq!(line.sends(), [""; 0]);
            assert_eq!(home.value(), 1);
            line.answer("stop", 2);
        }
        assert_eq!(line.sends(), ["imu"]);
        assert_eq!(if urgent_first { home.value() } else { stop.value() }, if urgent_first { 1 } else { 2 });
        line.answer("imu", 3);
        line.run();
        assert_eq!(imu.value(), 3);
    }
}

#[test]
fn urgent_calls_come_before_others_and_keep_their_order() {
    let mut line = Line::new();
    let _all = [call("a"), urgent(call("b")), call("c"), urgent(call("d"))].map(|asking| line.ask(asking));
    for name in ["b", "d", "a", "c"] {
        let sent = line.sends();
        assert!(sent.contains(&name.to_owned()) || name == "d", "{sent:?}");
        line.answer(name, 0);
    }
}

#[test]
fn an_urgent_call_waits_for_the_reply_to_the_same_command() {
    let mut line = Line::new();
    let first = line.ask(call("imu"));
    assert_eq!(line.sends(), ["imu"]);
    let second = line.ask(urgent(call("imu")));
    assert_eq!(line.sends(), [""; 0]);
    line.answer("imu", 1);
    assert_eq!(line.sends(), ["imu"]);
    line.answer("imu", 2);
    line.run();
    assert_eq!((first.value(), second.value()), (1, 2));
}

#[test]
fn a_call_that_was_not_sent_yet_steps_back_for_an_urgent_one() {
    let mut line = Line::new();
    line.endpoint.mark_desynced();
    let move_to = line.ask(call("move"));
    assert_eq!(line.sends(), ["echo"]);
    let stop = line.ask(urgent(call("stop")));
    let (frames, _) = line.run();
    let [(name, argument)] = frames.as_slice() else { panic!("{frames:?}") };
    assert_eq!(name, "echo");
    line.receive("echoack", argument);
    assert_eq!(line.sends(), ["stop"]);
    line.answer("stop", 1);
    assert_eq!(line.sends(), ["move"]);
    assert_eq!(stop.value(), 1);
    line.answer("move", 2);
    line.run();
    assert_eq!(move_to.value(), 2);
}

#[test]
fn an_urgent_call_has_a_deadline_beside_another() {
    let mut line = Line::new();
    let home = line.ask(within(2500, call("home")));
    line.run();
    let stop = line.ask(within(100, urgent(call("stop"))));
    assert_eq!(line.run(), (vec![("stop".into(), vec![1, b'B', 0])], Some(100)));
    line.now = 100;
    assert_eq!(line.run(), (vec![], Some(2400)));
    assert!(matches!(stop.error(), CallError::Timeout { waited_ms: 100, awaited: Awaited::Reply, .. }));
    // Its late reply is nobody's, and the next call asks for an echo first.
    line.answer("stop", 9);
    line.answer("home", 1);
    let again = line.ask(urgent(call("stop")));
    assert_eq!(line.sends(), ["echo"]);
    assert_eq!(home.value(), 1);
    assert!(!again.is_done());
}

#[test]
fn what_is_cancelled_before_its_turn_is_never_sent() {
    let mut line = Line::new();
    let first = line.ask(call("first"));
    assert_eq!(line.sends(), ["first"]);
    let second = line.ask(call("second"));
    let log = line.ask(oneway("first"));
    assert_eq!(line.sends(), [""; 0]);
    assert_eq!(second.ticket.cancel(), Awaited::Turn);
    assert_eq!(log.ticket.cancel(), Awaited::Turn);
    line.answer("first", 1);
    assert_eq!(line.sends(), [""; 0]);
    assert_eq!(first.value(), 1);
}

#[test]
fn a_call_that_is_cancelled_later_frees_the_line() {
    let mut line = Line::new();
    let first = line.ask(call("first"));
    let second = line.ask(call("second"));
    assert_eq!(line.sends(), ["first"]);
    assert_eq!(first.ticket.cancel(), Awaited::Reply);
    assert_eq!(line.sends(), ["second"]);
    line.answer("first", 1);
    line.answer("second", 2);
    line.run();
    assert_eq!(second.value(), 2);
    let _again = line.ask(call("first"));
    assert_eq!(line.sends(), ["echo"], "a reply to the first may still arrive");
}

#[test]
fn a_call_that_waits_long_is_not_sent_twice() {
    let mut line = Line::new();
    let _first = line.ask(call("first"));
    let _second = line
        .ask(Asking { operation: Operation::Call { is_idempotent: true, terms: None }, ..call("second") });
    assert_eq!(line.sends(), ["first"]);
    line.now = 501;
    line.answer("first", 1);
    assert_eq!(line.sends(), ["second"]);
    line.now = 900;
    assert_eq!(line.sends(), [""; 0]);
}

#[test]
fn waiting_for_a_ready_peer_has_its_turn_and_its_deadline() {
    let mut line = Line::new();
    let ready = line.ask(within(500, Asking { operation: Operation::Ready, ..call("echo") }));
    let (frames, _) = line.run();
    assert_eq!(frames[0].0, "echo");
    line.receive("echoack", &frames[0].1);
    line.run();
    assert!(ready.is_done());
    let late = line.ask(within(500, Asking { operation: Operation::Ready, ..call("echo") }));
    line.run();
    line.now = 500;
    line.run();
    assert!(matches!(late.error(), CallError::Timeout { waited_ms: 500, awaited: Awaited::Reply, .. }));
}

#[test]
fn a_link_that_fails_fails_all() {
    let mut line = Line::new();
    let first = line.ask(call("a"));
    assert_eq!(line.sends(), ["a"]);
    let asked = [urgent(call("b")), call("c"), oneway("a")].map(|asking| line.ask(asking));
    assert_eq!(line.sends(), ["b"]);
    line.turns.fail(|command| CallError::Closed { context: Context::new(command, "", b"") });
    for (asked, name) in [first].iter().chain(&asked).zip(["a", "b", "c", "a"]) {
        let error = asked.error();
        assert_eq!(error.context().command(), name);
    }
}

#[test]
fn an_interface_is_expected_between_the_calls_before_it_and_those_after_it() {
    const ARM: Interface = Interface {
        name: "Arm",
        docs: "",
        module: "",
        contract: true,
        describe: Describe::Nothing,
        commands: &[],
    };
    let mut line = Line::new();
    let before = line.ask(call("before"));
    let _expected =
        line.ask(Asking { operation: Operation::Expect(&ARM), timeout: Timeout::Never, ..call("") });
    let _after = [oneway("log"), call("after")].map(|asking| line.ask(asking));
    assert_eq!((line.sends(), line.expected.clone()), (vec!["before".to_owned()], vec![]));
    line.answer("before", 1);
    assert_eq!(
        (line.sends(), line.expected.clone()),
        (vec!["log".to_owned(), "after".to_owned()], vec!["Arm"])
    );
    assert_eq!(before.value(), 1);
}

#[test]
fn without_a_connection_requests_wait_as_long_as_they_may() {
    let mut line = Line::new();
    let begun = line.ask(call("begun"));
    line.run();
    let [short, long] = [within(20, call("a")), call("b")].map(|asking| line.ask(asking));
    let lost = |command: &str| CallError::Closed { context: Context::new(command, "", b"") };
    line.turns.fail_begun(lost);
    assert!(matches!(begun.error(), CallError::Closed { .. }));
    let patience = |timeout| match timeout {
        Timeout::Ms(ms) => Duration::from_millis(ms.min(50).into()),
        Timeout::Never => Duration::MAX,
    };
    assert_eq!(line.turns.refuse(5, patience, lost), Some(Duration::from_millis(15)));
    assert_eq!(line.turns.refuse(20, patience, lost), Some(Duration::from_millis(30)));
    assert!(matches!(short.error(), CallError::Closed { .. }));
    assert_eq!(line.turns.refuse(50, patience, lost), None);
    assert!(matches!(long.error(), CallError::Closed { .. }));
}
