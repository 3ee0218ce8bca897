//! How fast a board answers.

#![cfg(unix)]

mod support;

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value as Json;
use support::Place;

#[test]
fn so_many_calls_are_measured() {
    let place = Place::new();
    let _demo = place.demo();
    let said = place.run(&["-b", "demo", "bench", "mult", "5.9", "94", "-n", "200", "--json"]).ok();
    let figures: Json = serde_json::from_str(&said).unwrap();
    assert_eq!(figures["command"], "mult");
    assert_eq!((&figures["calls"], &figures["errors"]), (&200.into(), &0.into()));
    let times = ["p50_ms", "p90_ms", "p99_ms", "max_ms"].map(|name| figures[name].as_f64().unwrap());
    assert!(times[0] > 0.0 && times.is_sorted(), "{said}");
    let (rate, seconds) = (figures["calls_per_s"].as_f64().unwrap(), figures["seconds"].as_f64().unwrap());
    assert!((rate * seconds - 200.0).abs() < 1.0, "{said}");
}

#[test]
fn people_see_a_histogram_with_every_call() {
    let place = Place::new();
    let _demo = place.demo();
    let said = place.run(&["-b", "demo", "bench", "-n", "100"]).ok();
    assert!(said.starts_with("echo: ") && said.contains("100 calls in ") && said.contains("p99"), "{said}");
    let rows = said.lines().filter(|line| line.contains('≤'));
    let counted: u64 = rows.map(|row| row.rsplit(' ').next().unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!(counted, 100, "{said}");
}

#[test]
fn ctrl_c_shows_what_there_is_so_far() {
    let place = Place::new();
    let _demo = place.demo();
    let mut command = place.command(&["-b", "demo", "-v", "bench", "--for", "1day", "--json"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Frames on standard error show that calls are made.
    let frames = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut lines = std::io::BufRead::lines(frames);
    for _ in 0..50 {
        lines.next().unwrap().unwrap();
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let rest = std::thread::spawn(move || lines.count());
    let output = child.wait_with_output().unwrap();
    rest.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let figures: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert!(figures["calls"].as_u64().unwrap() > 0);
}

#[test]
fn a_command_that_cannot_be_called_is_a_failure() {
    let place = Place::new();
    let _demo = place.demo();
    let failed = |arguments: &[&str]| place.run(&[&["-b", "demo", "bench"], arguments].concat());
    assert!(failed(&["imo"]).failed(1).contains("is it `imu`?"));
    assert!(failed(&["move_to", "9", "9"]).failed(1).contains("NoSuchJoint"));
    assert!(failed(&["imu", "-n", "0"]).failed(2).contains("'-n <N>'"));
}
