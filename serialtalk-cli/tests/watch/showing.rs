//! Values on standard output.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::board::Board;
use crate::support::Place;
use crate::watching::{Watching, figure};

#[test]
fn a_line_is_a_value_and_the_end_tells_of_all_slots() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let ended = Watching::new(&place, "./arm", &["count", "-n", "20", "--hz", "200"]).ended();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let expected: Vec<_> = (1..=ended.values.len()).map(|count| count.to_string()).collect();
    assert_eq!(ended.values, expected);
    assert_eq!(figure(&ended.told, "slots"), 20);
    assert_eq!(figure(&ended.told, "missed"), 20 - ended.values.len() as u64);
}

#[test]
fn a_duration_is_as_many_slots_as_it_has_room_for() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let ended = Watching::new(&place, "./arm", &["count", "--for", "100ms", "--hz", "100"]).ended();
    assert_eq!(figure(&ended.told, "slots"), 10, "{ended:?}");
}

#[test]
fn several_commands_are_called_one_after_the_other_in_each_slot() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let watching = Watching::new(&place, "./arm", &["count", "  place ", "'name'", "-n", "2"]);
    for line in ["count: 1", "place: (2, 0.5)", "'name': 'R2'"] {
        assert_eq!(watching.value(), line);
    }
}

#[test]
fn a_slot_that_comes_too_late_is_counted_and_never_caught_up() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let ended = Watching::new(&place, "./arm", &["slow", "-n", "50", "--hz", "100", "--json"]).ended();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // Each call takes ten slots, or more on a machine that is busy.
    assert!((1..=5).contains(&ended.values.len()), "{ended:?}");
    let slots = ended.values.iter().map(|line| {
        let sample: serde_json::Value = serde_json::from_str(line).unwrap();
        sample["slot"].as_u64().unwrap()
    });
    let slots: Vec<_> = slots.collect();
    assert!(slots.windows(2).all(|pair| pair[1] >= pair[0] + 10), "{slots:?}");
    assert_eq!(figure(&ended.told, "missed"), 50 - slots.len() as u64, "{ended:?}");
}

#[test]
fn json_tells_when_and_how_long() {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let before = now();
    let watching = Watching::new(&place, "./arm", &["place", "count", "--json", "--hz", "100", "-n", "3"]);
    let (first, second) = (watching.json(), watching.json());
    let keys: Vec<_> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["board", "command", "ms", "slot", "time", "value"]);
    assert_eq!(first["board"], "./arm");
    assert_eq!(first["command"], "place");
    assert_eq!(first["value"], serde_json::json!([1, 0.5]));
    assert_eq!(first["slot"], 0);
    assert_eq!((&second["command"], &second["slot"]), (&"count".into(), &0.into()));
    let [time, later] = [&first, &second].map(|sample| sample["time"].as_f64().unwrap());
    assert!(before <= time && time <= later && later <= now(), "{before} {time} {later}");
    let ms = first["ms"].as_f64().unwrap();
    assert!(ms > 0.0 && ms / 1e3 <= time - before, "{first}");
}

#[test]
fn a_table_has_the_names_that_the_board_tells() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let arguments = ["place", "count", "name", "--csv", "--hz", "100", "-n", "3"];
    let ended = Watching::new(&place, "./arm", &arguments).ended();
    assert_eq!(ended.values[0], "time_s,place.x,place.y,count,name");
    let cells: Vec<_> = ended.values[1].split(',').collect();
    assert_eq!(cells[1..], ["1", "0.5", "2", "R2"]);
    assert_eq!(cells[0].split_once('.').unwrap().1.len(), 6, "microseconds: {cells:?}");
}

#[test]
fn a_table_has_numbers_where_the_board_tells_no_names() {
    let place = Place::new();
    let _board = Board::terse(&place, "arm");
    let ended = Watching::new(&place, "./arm", &["place", "--csv", "-n", "1"]).ended();
    assert_eq!(ended.values[0], "time_s,place[0],place[1]");
    assert!(ended.values[1].ends_with(",1,0.5"), "{ended:?}");
}

#[test]
fn only_changes_are_shown_if_that_is_wanted() {
    for form in ["--json", "--csv"] {
        let place = Place::new();
        let board = Board::new(&place, "arm");
        let watching = Watching::new(&place, "./arm", &["level", "--on-change", "--hz", "200", form]);
        if form == "--csv" {
            assert_eq!(watching.value(), "time_s,level");
        }
        for level in 0..4 {
            board.will.level.store(level, Ordering::SeqCst);
            let line = watching.value();
            assert!(
                line.ends_with(&format!(",{level}")) || line.contains(&format!("\"value\":{level}")),
                "{line}"
            );
        }
        assert!(watching.interrupted().values.is_empty());
    }
}

#[test]
fn lines_of_several_boards_begin_with_their_names() {
    let place = Place::new();
    let (_arm, _base) = (Board::new(&place, "arm"), Board::new(&place, "base"));
    let boards = "./arm,./base";
    let ended = Watching::new(&place, boards, &["count", "-n", "3", "--hz", "100"]).ended();
    let mut next = BTreeMap::from([("./arm", 1), ("./base", 1)]);
    for line in &ended.values {
        let (board, value) = line.split_once(": ").unwrap();
        let next = next.get_mut(board).unwrap();
        assert_eq!(value, next.to_string());
        *next += 1;
    }
    assert!(next.values().all(|next| *next > 1), "{ended:?}");
    let summaries = ended.told.iter().filter(|line| line.contains("count: 3 slots"));
    assert_eq!(summaries.count(), 2, "{ended:?}");

    let ended = Watching::new(&place, boards, &["count", "-n", "1", "--csv"]).ended();
    assert_eq!(ended.values[0], "time_s,board,count");
    assert_eq!(ended.values.len(), 3);
}

#[test]
fn other_programs_use_the_board_meanwhile() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let watching = Watching::new(&place, "./arm", &["name", "--hz", "200"]);
    watching.value();
    for _ in 0..10 {
        let count = place.run(&["-b", "./arm", "call", "count"]).ok();
        assert!(count.trim().parse::<u32>().is_ok(), "{count}");
    }
    assert!(watching.interrupted().values.iter().all(|value| value == "'R2'"));
}
