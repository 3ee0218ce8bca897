//! Recordings, as others read them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use peers::Interpreter;
use rustix::process::Signal;
use serde_json::{Value as Json, json};

use crate::board::Board;
use crate::support::Place;
use crate::watching::Watching;

/// Prints each message of a file that may be cut short, as JSON.
const READ: &str = r#"
import json, sys
from mcap.reader import NonSeekingReader, make_reader

with open(sys.argv[1], "rb") as file:
    reader = make_reader(file) if sys.argv[2] == "whole" else NonSeekingReader(file)
    try:
        for schema, channel, message in reader.iter_messages(log_time_order=sys.argv[2] == "whole"):
            print(json.dumps({
                "topic": channel.topic, "message_encoding": channel.message_encoding,
                "schema": schema.name, "schema_encoding": schema.encoding, "form": json.loads(schema.data),
                "slot": message.sequence, "log": message.log_time, "publish": message.publish_time,
                "data": json.loads(message.data),
            }))
    except Exception as error:
        if sys.argv[2] == "whole":
            raise
"#;

fn read(mut python: Command, file: &Path, is_whole: bool) -> Vec<Json> {
    let kind = if is_whole { "whole" } else { "cut" };
    let output = python.args(["-c", READ]).arg(file).arg(kind).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The messages of a topic.
fn of<'a>(messages: &'a [Json], topic: &str) -> Vec<&'a Json> {
    messages.iter().filter(|message| message["topic"] == topic).collect()
}

#[test]
fn python_reads_the_values_that_were_shown() {
    let venv = peers::require!();
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let arguments = ["place", "count", "name", "--record", "a.mcap", "--json", "--hz", "100", "-n", "30"];
    let ended = Watching::new(&place, "./arm", &arguments).ended();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let messages = read(venv.command(Interpreter::CPython), &place.folder().join("a.mcap"), true);
    assert_eq!(messages.len(), ended.values.len());
    for (message, line) in messages.iter().zip(&ended.values) {
        let shown: Json = serde_json::from_str(line).unwrap();
        let command = shown["command"].as_str().unwrap();
        assert_eq!(message["topic"], format!("/./arm/{command}"));
        assert_eq!(message["slot"], shown["slot"]);
        let data = match command {
            "place" => json!({ "x": shown["value"][0], "y": shown["value"][1] }),
            _ => json!({ "value": shown["value"] }),
        };
        assert_eq!(message["data"], data);
        let [log, publish] = ["log", "publish"].map(|time| message[time].as_u64().unwrap() as f64 / 1e9);
        assert!((log - shown["time"].as_f64().unwrap()).abs() < 2e-6, "{message} {line}");
        assert!(((log - publish) * 1e3 - shown["ms"].as_f64().unwrap()).abs() < 2e-3, "{message} {line}");
    }
    let number = json!({ "type": "number" });
    for (command, properties) in [
        ("place", json!({ "x": number, "y": number })),
        ("count", json!({ "value": number })),
        ("name", json!({ "value": { "type": "string" } })),
    ] {
        let message = of(&messages, &format!("/./arm/{command}"))[0];
        assert_eq!(message["form"], json!({ "type": "object", "properties": properties }));
        assert_eq!(
            (&message["schema_encoding"], &message["schema"]),
            (&"jsonschema".into(), &command.into())
        );
        assert_eq!(message["message_encoding"], "json");
    }
}

#[test]
fn losses_and_refusals_are_in_the_log() {
    let venv = peers::require!();
    let place = Place::new();
    let mut board = Board::new(&place, "arm");
    let watching = Watching::new(&place, "./arm", &["fragile", "--record", "a.mcap", "--hz", "100"]);
    watching.value();
    board.unplug();
    watching.told("no such port");
    board.plug();
    watching.told("is connected");
    board.will.is_broken.store(true, std::sync::atomic::Ordering::SeqCst);
    watching.told("Broken");
    watching.interrupted();
    let messages = read(venv.command(Interpreter::CPython), &place.folder().join("a.mcap"), true);
    let log = of(&messages, "/./arm/log");
    let told = |text: &str| log.iter().find(|it| it["data"]["message"].as_str().unwrap().contains(text));
    for (text, level) in [("is not connected", 3), ("is connected", 2), ("Broken", 4)] {
        let message = told(text).unwrap_or_else(|| panic!("nothing about {text} in {log:?}"));
        assert_eq!(message["data"]["level"], level);
        assert_eq!(message["data"]["name"], "./arm");
        let time = &message["data"]["timestamp"];
        let nanos = time["sec"].as_u64().unwrap() * 1_000_000_000 + time["nsec"].as_u64().unwrap();
        assert_eq!(message["log"], nanos);
        assert_eq!(
            (&message["schema"], &message["schema_encoding"]),
            (&"foxglove.Log".into(), &"jsonschema".into())
        );
    }
}

#[test]
fn what_the_board_prints_is_told_and_in_the_log() {
    let venv = peers::require!();
    for is_checked in [false, true] {
        let place = Place::new();
        let board = Board::printing(&place, "arm", is_checked);
        let checked = place.run(&["-b", "./arm", "check", "--json"]).ok();
        assert_eq!(checked.contains("\"link\":\"checked\""), is_checked, "{checked}");
        let watching = Watching::new(&place, "./arm", &["place", "--record", "a.mcap", "--hz", "100"]);
        watching.value();
        board.will.prints.lock().unwrap().push_str("motor\tstalled\r\n\x1b[2J\n<at 21 °C>\n");
        assert_eq!(watching.told("motor"), "the board prints: motor\tstalled");
        assert_eq!(watching.told("the board prints"), "the board prints: <at 21 °C>");
        let ended = watching.interrupted();
        assert!(ended.values.iter().all(|value| value.ends_with(", 0.5)")), "{ended:?}");
        let messages = read(venv.command(Interpreter::CPython), &place.folder().join("a.mcap"), true);
        let log: Vec<_> =
            of(&messages, "/./arm/log").iter().map(|it| it["data"]["message"].clone()).collect();
        assert_eq!(log, ["motor\tstalled", "<at 21 °C>"]);
    }
}

#[test]
fn a_recording_that_is_cut_short_can_be_read_up_to_the_last_second() {
    let venv = peers::require!();
    for file in ["a.mcap", "a.csv"] {
        let place = Place::new();
        let _board = Board::new(&place, "arm");
        let path = place.folder().join(file);
        let watching = Watching::new(&place, "./arm", &["count", "--record", file, "--hz", "100"]);
        let len = || fs::metadata(&path).map_or(0, |metadata| metadata.len());
        // What is in the file, or in memory, when it grows is in the file when it has grown again.
        let mut shown: u32 = 0;
        let mut grows = || {
            let (before, deadline) = (len(), Instant::now() + Duration::from_secs(60));
            while len() == before {
                assert!(Instant::now() < deadline, "{file} does not grow");
                shown = watching.value().parse().unwrap();
            }
            shown
        };
        let certain = grows();
        grows();
        watching.signal(Signal::KILL);
        assert_eq!(watching.ended().code, None);
        let counts: Vec<u32> = match file {
            "a.csv" => {
                let text = fs::read_to_string(&path).unwrap();
                let rows = text.lines().skip(1).map_while(|row| row.split_once(',')?.1.parse().ok());
                rows.collect()
            }
            _ => read(venv.command(Interpreter::CPython), &path, false)
                .iter()
                .map(|message| message["data"]["value"].as_u64().unwrap() as u32)
                .collect(),
        };
        assert!(counts.len() >= certain as usize, "{certain} of {counts:?}");
        assert!(counts.iter().copied().eq(1..=counts.len() as u32), "{counts:?}");
    }
}

#[test]
fn a_signal_closes_the_file() {
    let venv = peers::require!();
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let place = Place::new();
        let _board = Board::new(&place, "arm");
        let watching = Watching::new(&place, "./arm", &["count", "--record", "a.mcap", "--hz", "100"]);
        let mut values = vec![watching.value()];
        watching.signal(signal);
        let ended = watching.ended();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        values.extend(ended.values);
        let messages = read(venv.command(Interpreter::CPython), &place.folder().join("a.mcap"), true);
        let recorded: Vec<_> = messages.iter().map(|message| message["data"]["value"].to_string()).collect();
        assert_eq!(recorded, values);
    }
}

#[test]
fn a_file_is_closed_when_nobody_reads_the_output_any_more() {
    let venv = peers::require!();
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let mut watching = Watching::new(&place, "./arm", &["count", "--record", "a.mcap", "--hz", "100"]);
    watching.value();
    watching.close();
    assert_eq!(watching.ended().code, Some(0));
    let messages = read(venv.command(Interpreter::CPython), &place.folder().join("a.mcap"), true);
    assert_eq!(messages[0]["data"], json!({ "value": 1 }));
}

#[test]
fn a_table_in_a_file_is_that_of_the_output() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let arguments = ["place", "name", "--csv", "--record", "a.csv", "--hz", "100", "-n", "10"];
    let ended = Watching::new(&place, "./arm", &arguments).ended();
    let recorded = fs::read_to_string(place.folder().join("a.csv")).unwrap();
    assert_eq!(recorded.lines().collect::<Vec<_>>(), ended.values);
}

#[test]
fn a_file_that_exists_is_overwritten_only_if_that_is_said() {
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let path = place.write("a.csv", "precious\n");
    let watch = |arguments: &[&str]| {
        place.run(&[&["-b", "./arm", "watch", "--record", "a.csv", "-n", "1"], arguments].concat())
    };
    watch(&["count"]).failed(2);
    watch(&["no such", "--force"]).failed(1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious\n");
    watch(&["count", "--force"]).ok();
    assert!(fs::read_to_string(&path).unwrap().starts_with("time_s,count\n"));
}
