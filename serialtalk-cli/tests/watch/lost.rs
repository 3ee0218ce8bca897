//! Boards that go away, and boards that fail.

use std::sync::atomic::Ordering;

use serialtalk_hal::pty;

use crate::board::Board;
use crate::support::Place;
use crate::watching::{Watching, figure};

#[test]
fn a_port_that_vanishes_and_returns_leaves_a_gap() {
    let place = Place::new();
    let mut board = Board::new(&place, "arm");
    let watching = Watching::new(&place, "./arm", &["count", "--hz", "100"]);
    let mut last: u32 = watching.value().parse().unwrap();
    for _ in 0..3 {
        board.unplug();
        // The first attempt to open it again has failed.
        watching.told("no such port");
        board.plug();
        watching.told("is connected");
        let reached = board.will.calls();
        while last <= reached {
            let count: u32 = watching.value().parse().unwrap();
            assert!(count > last, "{count} after {last}");
            last = count;
        }
    }
    let ended = watching.interrupted();
    let (slots, missed) = (figure(&ended.told, "slots"), figure(&ended.told, "missed"));
    assert!(0 < missed && missed < slots, "{ended:?}");
}

#[test]
fn a_board_that_is_back_as_another_device_is_shared_again() {
    let place = Place::new();
    let mut board = Board::new(&place, "arm");
    let watching = Watching::new(&place, "./arm", &["count", "--hz", "100"]);
    watching.value();
    board.unplug();
    watching.told("no such port");
    // Takes the number of the device that is gone.
    let _another = pty::open().unwrap();
    board.plug();
    watching.told("is connected");
    board.will.level.store(7, Ordering::SeqCst);
    assert_eq!(place.run(&["-b", "./arm", "call", "level"]).ok(), "7\n");
}

#[test]
fn what_a_board_prints_is_told_again_once_it_is_back() {
    for is_checked in [false, true] {
        let place = Place::new();
        let mut board = Board::printing(&place, "arm", is_checked);
        let watching = Watching::new(&place, "./arm", &["count", "--hz", "100"]);
        watching.value();
        board.unplug();
        watching.told("no such port");
        board.plug_printing(is_checked);
        watching.told("is connected");
        board.will.prints.lock().unwrap().push_str("here again\n");
        assert_eq!(watching.told("prints"), "the board prints: here again");
    }
}

#[test]
fn what_is_refused_later_is_told_once_and_counted() {
    let place = Place::new();
    let board = Board::new(&place, "arm");
    let arguments = ["fragile", "level", "--hz", "200", "--csv", "--on-change"];
    let watching = Watching::new(&place, "./arm", &arguments);
    assert_eq!(watching.value(), "time_s,fragile,level");
    assert!(watching.value().ends_with(",1,0"));
    board.will.is_broken.store(true, Ordering::SeqCst);
    watching.told("Broken");
    // Rows without the value that was refused.
    for level in 1..5 {
        board.will.level.store(level, Ordering::SeqCst);
        while !watching.value().ends_with(&format!(",,{level}")) {}
    }
    board.will.is_broken.store(false, Ordering::SeqCst);
    while watching.value().ends_with(",,4") {}
    let ended = watching.interrupted();
    assert!(figure(&ended.told, "refused") >= 4, "{ended:?}");
    assert!(!ended.told.iter().any(|line| line.contains("Broken")), "{ended:?}");
}

#[test]
fn one_board_that_fails_does_not_end_the_others() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let ended = Watching::new(&place, "./arm,./base", &["count", "-n", "3", "--hz", "100"]).ended();
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert_eq!(ended.values.last().map(|line| line.starts_with("./arm: ")), Some(true), "{ended:?}");
    assert!(ended.told.iter().any(|line| line.contains("./base")), "{ended:?}");
}

#[test]
fn a_board_that_is_back_with_other_firmware_is_watched_no_more() {
    let place = Place::new();
    let mut board = Board::new(&place, "arm");
    let watching = Watching::new(&place, "./arm", &["place", "--hz", "100"]);
    watching.value();
    board.unplug();
    watching.told("no such port");
    let _other = Board::terse(&place, "arm");
    let ended = watching.ended();
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert!(ended.told.iter().any(|line| line.contains("is back with other firmware")), "{ended:?}");
    // What was seen before is still summed up.
    assert!(figure(&ended.told, "slots") > 0, "{ended:?}");
}
