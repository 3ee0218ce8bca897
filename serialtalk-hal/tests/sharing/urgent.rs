//! Calls that cannot wait.

use super::*;

#[test]
fn an_urgent_call_is_sent_while_another_is_awaited() {
    in_each_world(|shared, mut peer| {
        let home = call(&shared, "home", LONG_MS);
        assert_eq!(peer.next(), "home");
        let stop = call(&shared.urgent(), "stop", LONG_MS);
        assert_eq!(peer.next(), "stop");
        // The board serves in order.
        peer.answer("home", 1);
        assert_eq!(home.join().unwrap().unwrap(), 1);
        peer.answer("stop", 2);
        assert_eq!(stop.join().unwrap().unwrap(), 2);
    });
}

#[test]
fn an_urgent_command_without_a_reply_is_sent_to_a_peer_that_does_not_answer() {
    in_each_world(|shared, mut peer| {
        let lost = call(&shared, "lost", 20);
        assert_eq!(peer.next(), "lost");
        lost.join().unwrap().unwrap_err();
        let next = call(&shared, "next", LONG_MS);
        // The endpoint asks whether anybody is there, and again if nobody answers.
        assert_eq!(peer.next(), "echo");
        shared.urgent().send("stop", ()).unwrap();
        while peer.next() != "stop" {}
        drop(peer);
        assert!(next.join().unwrap().unwrap_err().is_link());
    });
}
