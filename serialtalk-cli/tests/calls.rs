//! The commands that a stranger tries first, on the demo board.

#![cfg(unix)]

mod support;

use support::Place;

#[test]
fn the_demo_board_is_found_listed_and_called() {
    let place = Place::new();
    let _demo = place.demo();
    let listed = place.run(&["-b", "demo", "list"]).ok();
    assert!(listed.starts_with("mult(a: f32, b: f32) -> f32"), "{listed}");
    assert!(listed.contains("Product of two numbers."));
    assert!(!listed.contains("get_version") && !listed.contains('\x1b'), "{listed}");
    assert!(place.run(&["-b", "demo", "list", "--all"]).ok().contains("\nget_version\n"));
    assert_eq!(place.run(&["-b", "demo", "call", "mult", "5.9", "94"]).ok(), "554.60004\n");
    assert_eq!(place.run(&["-b", "demo", "call", "mult", "-5", "0.5"]).ok(), "-2.5\n");
    let described = place.run(&["-b", "demo", "describe", "move_to"]).ok();
    assert!(described.contains("timeout_ms = 5000") && described.contains("takes a second"), "{described}");
    assert!(place.run(&["ports"]).ok().contains("(the demo board)"));
}

#[test]
fn a_value_is_shown_as_it_is_asked_for() {
    let place = Place::new();
    let _demo = place.demo();
    place.write("picture", "ABC");
    let call = |arguments: &[&str]| place.run(&[&["-b", "demo", "call"], arguments].concat()).ok();
    assert_eq!(call(&["set_color", "255,0,7"]), "None\n");
    assert_eq!(call(&["color"]), "b'\\xff\\x00\\x07'\n");
    call(&["set_color", "file:picture"]);
    assert_eq!(call(&["color", "--raw"]), "ABC");
    call(&["rename", "str:5"]);
    assert_eq!(call(&["name"]), "'5'\n");
    assert_eq!(call(&["name", "--raw"]), "5");
}

#[test]
fn options_may_stand_anywhere_and_json_is_one_object_a_line() {
    let place = Place::new();
    let _demo = place.demo();
    let object = place.run(&["call", "mult", "2", "3.5", "--json", "-b", "demo"]).ok();
    let object: serde_json::Value = serde_json::from_str(&object).unwrap();
    assert_eq!((&object["board"], &object["command"]), (&"demo".into(), &"mult".into()));
    assert_eq!(object["value"], 7.0);
    assert!(object["ms"].is_number());
    let error = place.run(&["--json", "-b", "demo", "call", "mlt"]);
    assert_eq!(error.code, 1);
    let error: serde_json::Value = serde_json::from_str(&error.stdout).unwrap();
    assert_eq!(error["error"]["kind"], "refused");
    assert_eq!(error["error"]["hint"], "is it `mult`?");
    for line in place.run(&["-b", "demo", "list", "--json"]).ok().lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap()["signature"].is_string());
    }
}

#[test]
fn several_boards_are_called_at_a_time_and_the_worst_exit_code_is_that_of_all() {
    let place = Place::new();
    let _demo = place.demo();
    let both = place.run(&["-b", "demo,/dev/no-such-port", "call", "mult", "2", "2"]);
    assert_eq!(both.code, 4, "{both:?}");
    assert_eq!(both.stdout, "demo: 4.0\n");
    assert!(both.stderr.contains("/dev/no-such-port: no such port"), "{both:?}");
}

#[test]
fn the_bytes_of_standard_input_are_an_argument() {
    let place = Place::new();
    let _demo = place.demo();
    let said = place.run_with_input(&["-b", "demo", "call", "echo", "-"], b"\x00\xff");
    assert_eq!(said.ok(), "b'\\x00\\xff'\n");
}

#[test]
fn check_goes_from_the_port_to_the_commands() {
    let place = Place::new();
    let _demo = place.demo();
    let checked: serde_json::Value =
        serde_json::from_str(&place.run(&["-b", "demo", "check", "--json"]).ok()).unwrap();
    assert_eq!(checked["link"], "checked");
    assert!(checked["commands"].as_u64() > Some(10), "{checked}");
    assert!(checked["round_trip"]["p50_ms"].is_number());
    // Each of the 20 round trips has two frames.
    assert!(checked["bytes"].as_u64() > Some(400), "{checked}");
}

#[test]
fn tab_knows_what_list_has_seen() {
    let place = Place::new();
    let _demo = place.demo();
    place.run(&["-b", "demo", "list"]).ok();
    for (words, offered) in [
        (&["--board=demo", "call", "mo"][..], "move_to"),
        (&["-b", "demo", "call", "mo"], "move_to"),
        (&["call", "-b", "demo", "mo"], "move_to"),
        (&["-b", "demo", "chec"], "check"),
        (&["-b", "dem"], "demo"),
        (&["-b", "demo"], "demo"),
        (&["dem"], "demo"),
    ] {
        let mut tab = place.command(&[&["--", "serialtalk"], words].concat());
        tab.env("COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
            .env("_CLAP_IFS", "\n");
        assert_eq!(support::said(tab).ok(), offered, "{words:?}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(place.run(&["completions", shell]).ok().contains("serialtalk"));
    }
}

#[test]
fn a_trait_is_written_from_a_live_board() {
    let place = Place::new();
    let _demo = place.demo();
    let source = place.run(&["-b", "demo", "generate", "rust", "--name", "Robot"]).ok();
    assert!(source.contains("pub trait Robot {"), "{source}");
    assert!(source.contains("fn mult(&mut self, a: f32, b: f32) -> f32;"), "{source}");
    let into_file = ["-b", "demo", "generate", "rust", "--output", "robot.rs"];
    place.run(&into_file).ok();
    assert!(place.run(&into_file).failed(2).contains("robot.rs: File exists"));
    assert!(
        place.run(&["-b", "demo", "generate", "rust", "--name", "fn"]).failed(1).contains("name of a trait")
    );
}

#[test]
fn a_python_module_from_a_live_board_calls_it() {
    let venv = peers::require!();
    let place = Place::new();
    let _demo = place.demo();
    place.run(&["-b", "demo", "generate", "python", "--name", "Robot", "--output", "robot.py"]).ok();
    let said = place.run(&["-b", "demo", "generate", "python", "--name", "1-2"]).failed(2);
    assert!(said.contains("names of classes"), "{said}");
    place.write(serialtalk_python::PEER_FILE, serialtalk_python::PEER);
    place.write(serialtalk_python::DEVICES_FILE, serialtalk_python::DEVICES);
    let checked = place.run(&["-b", "demo", "check", "--json"]).ok();
    let port =
        serde_json::from_str::<serde_json::Value>(&checked).unwrap()["port"].as_str().unwrap().to_owned();
    let program = "import sys\n\
                   from serialtalk_peer import SerialTalk\n\
                   from serialtalk_devices import SerialPort\n\
                   from robot import RobotClient\n\
                   robot = RobotClient(SerialTalk(SerialPort(sys.argv[1])))\n\
                   print(round(robot.mult(5.9, 94.0), 1), robot.name(), len(robot.imu()))\n";
    let mut python = venv.command(peers::Interpreter::CPython);
    python.args(["-c", program, &port]).current_dir(place.folder()).env("PYTHONPATH", place.folder());
    assert_eq!(support::said(python).ok(), "554.6 R2 3\n");
}
