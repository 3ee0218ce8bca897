//! How it ends.

use rustix::process::Signal;
use serialtalk::link::{Link, Received};
use serialtalk_hal::pty::PtyLink;

use crate::board::Board;
use crate::support::Place;
use crate::watching::{Watching, figure};

#[test]
fn signals_end_it_with_a_summary() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let place = Place::new();
        let _board = Board::new(&place, "arm");
        let watching = Watching::new(&place, "./arm", &["count", "--hz", "100"]);
        watching.value();
        watching.signal(signal);
        let ended = watching.ended();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(figure(&ended.told, "slots") > 0, "{ended:?}");
    }
}

#[test]
fn a_board_that_does_not_answer_is_no_reason_to_go_on() {
    let place = Place::new();
    let board = Board::new(&place, "arm");
    // Without its end, the call would take ten days.
    let watching = Watching::new(&place, "./arm", &["held", "--hz", "100", "--timeout", "10days"]);
    watching.value();
    board.will.hold();
    let ended = watching.interrupted();
    assert!(figure(&ended.told, "slots") > 0, "{ended:?}");
}

#[test]
fn a_board_that_is_never_there_is_no_reason_to_go_on() {
    let place = Place::new();
    let mut silent = PtyLink::open().unwrap();
    let watching = Watching::new(&place, silent.path(), &["count", "--timeout", "10days"]);
    assert!(matches!(silent.receive(&mut [0; 256], 60_000), Ok(Received::Bytes(_))));
    assert!(watching.interrupted().told.is_empty());
}

#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    for form in ["--json", "--csv", "--hz=100"] {
        let place = Place::new();
        let _board = Board::new(&place, "arm");
        let mut watching = Watching::new(&place, "./arm", &["count", form]);
        watching.value();
        watching.close();
        let ended = watching.ended();
        assert_eq!((ended.code, ended.told.as_slice()), (Some(0), &[] as &[String]));
    }
}
