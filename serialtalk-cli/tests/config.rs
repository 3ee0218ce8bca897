//! What counts more: an option, the environment, the file of the project, that of the user; and where there are colours.

#![cfg(unix)]

#[path = "support/board.rs"]
mod board;
mod support;

use std::fs;
use std::process::Command;

use board::{Board, text};
use serialtalk::proto::Suffix;
use support::{Place, said};

/// A board that answers `echo` and tells its name.
fn called(name: &'static str) -> Board {
    Board::new(move |command, payload| match command {
        "echo" => (Suffix::Ack, payload.to_vec()),
        "name" => (Suffix::Ack, text(name)),
        _ => (Suffix::Err, text("Command not found")),
    })
}

/// Writes the file of the user.
fn of_user(place: &Place, text: &str) {
    let folder = place.folder().join("../config/serialtalk");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
}

/// The command in this place, without what the tests say otherwise of timeouts.
fn command(place: &Place, arguments: &[&str]) -> Command {
    let mut command = place.command(arguments);
    command.env_remove("SERIALTALK_TIMEOUT");
    command
}

#[test]
fn an_option_counts_more_than_the_environment_that_than_the_project_that_than_the_user() {
    let place = Place::new();
    let names = ["option", "port", "board", "project", "user"];
    let boards = names.map(called);
    let [option, port, board, project, user] = [0, 1, 2, 3, 4].map(|at: usize| boards[at].path.as_str());
    let default = |path: &str| format!("default = \"arm\"\n[board.arm]\nport = \"{path}\"\n");
    let call = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(&place, &[arguments, &["call", "name", "--raw"]].concat());
        command.envs(variables.iter().copied());
        said(command).ok()
    };
    of_user(&place, &(default(user) + &format!("[board.base]\nport = \"{board}\"\n")));
    assert_eq!(call(&[], &[]), "user");
    place.write("serialtalk.toml", &default(project));
    assert_eq!(call(&[], &[]), "project");
    assert_eq!(call(&["-b", "base"], &[]), "board", "both files count");
    assert_eq!(call(&[], &[("SERIALTALK_PORT", port)]), "port");
    let both = [("SERIALTALK_PORT", port), ("SERIALTALK_BOARD", "base")];
    assert_eq!(call(&[], &both), "board");
    assert_eq!(call(&["-b", option], &both), "option");
    assert_eq!(call(&["--port", option], &both), "option");
    // Below the folder of the project, and with a file that is named.
    fs::create_dir_all(place.folder().join("a/b")).unwrap();
    let mut below = command(&place, &["call", "name", "--raw"]);
    below.current_dir(place.folder().join("a/b"));
    assert_eq!(said(below).ok(), "project");
    let other = place.write("other.toml", &default(option));
    assert_eq!(call(&[], &[("SERIALTALK_CONFIG", other.to_str().unwrap())]), "option");
    let mut missing = command(&place, &["list"]);
    missing.env("SERIALTALK_CONFIG", "missing.toml");
    assert!(said(missing).failed(2).contains("missing.toml: no such file"));
}

#[test]
fn how_a_board_is_opened_follows_the_same_order() {
    let place = Place::new();
    let silent = Board::laconic(|_, _| None);
    let file = format!("[board.arm]\nport = \"{}\"\nbaud = 1200\ntimeout = \"100ms\"\n", silent.path);
    place.write("serialtalk.toml", &file);
    let opened = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(&place, &[&["-b", "arm", "list"], arguments].concat());
        command.envs(variables.iter().copied());
        let said = said(command).failed(3);
        said.lines().next().unwrap().split_once(" at ").unwrap().1.to_owned()
    };
    let variables = [("SERIALTALK_BAUD", "2400"), ("SERIALTALK_TIMEOUT", "200ms")];
    assert_eq!(opened(&[], &[]), "1200 baud within 100ms");
    assert_eq!(opened(&[], &variables), "2400 baud within 200ms");
    assert_eq!(opened(&["--baud", "4800"], &variables), "4800 baud within 200ms");
    assert_eq!(opened(&["--timeout", "300ms"], &variables), "2400 baud within 300ms");
    for (name, value, text) in [
        ("SERIALTALK_BAUD", "fast", "SERIALTALK_BAUD=fast: expected bits per second"),
        ("SERIALTALK_TIMEOUT", "5", "SERIALTALK_TIMEOUT=5: time unit needed"),
    ] {
        let mut bad = command(&place, &["-b", "arm", "list"]);
        bad.env(name, value);
        let said = said(bad).failed(2);
        assert!(said.contains(text), "{said}");
    }
}

#[test]
fn a_file_that_is_wrong_is_said_in_a_sentence() {
    for (text, says) in [
        ("default = 5\n", "invalid type: integer"),
        ("[board.arm]\nbaud = 9600\n", "missing field `port`"),
        ("[board.arm]\nport = \"a\"\ntimeout = 5\n", "timeout"),
        ("[board.\"a b\"]\nport = \"a\"\n", "\"a b\" cannot name a board"),
        ("[board.auto]\nport = \"a\"\n", "and not `auto`"),
        ("[board.arm]\nport = \"a\"\n[group]\narm = [\"a\"]\n", "`arm` is a board and a group"),
        ("[group]\nnone = []\n", "the group `none` has no boards"),
        ("[board.arm\n", "serialtalk.toml: TOML parse error"),
    ] {
        let place = Place::new();
        place.write("serialtalk.toml", text);
        let said = place.run(&["list"]).failed(2);
        assert!(said.contains(says) && said.contains("serialtalk.toml"), "{text}: {said}");
    }
    let place = Place::new();
    place.write("serialtalk.toml", "default = \"arm\"\n[group]\nrobots = [\"arm\"]\n");
    assert!(place.run(&["list"]).failed(2).contains("no board is called `arm`; there are robots"));
    assert!(place.run(&["-b", "robots", "list"]).failed(2).contains("mend the group `robots`"));
}

#[test]
fn colours_are_for_terminals_and_for_those_who_want_them() {
    let place = Place::new();
    let _demo = place.demo();
    let has_colors = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = place.command(&[&["-b", "demo", "list"], arguments].concat());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
        said(command).ok().contains('\x1b')
    };
    assert!(!has_colors(&[], &[]), "a pipe");
    assert!(has_colors(&["--color", "always"], &[]));
    assert!(has_colors(&["--color", "always"], &[("NO_COLOR", "1")]), "an option counts more");
    assert!(has_colors(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colors(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colors(&["--json"], &[("CLICOLOR_FORCE", "1")]), "JSON has none");
}

#[test]
fn help_is_enough_without_the_documentation() {
    let place = Place::new();
    let help = place.run(&["help"]).ok();
    for text in ["serialtalk.toml", "SERIALTALK_BOARD", "Exit codes", "serialtalk demo", "--no-echo"] {
        assert!(help.contains(text), "{text}: {help}");
    }
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
}
