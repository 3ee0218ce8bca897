//! One board for several programs.

#![cfg(unix)]

mod support;

use support::{Place, Started};

#[test]
fn programs_that_call_at_a_time_get_their_own_values() {
    let place = Place::new();
    let _demo = place.demo();
    let _share = Started::new(place.command(&["-b", "demo", "share"]), "is shared");
    std::thread::scope(|scope| {
        for factor in 2..6 {
            let place = &place;
            scope.spawn(move || {
                for number in 0..20 {
                    let (a, b) = (factor.to_string(), number.to_string());
                    let product = place.run(&["-b", "demo", "call", "mult", &a, &b]).ok();
                    assert_eq!(product, format!("{}.0\n", factor * number));
                }
            });
        }
    });
    let checked = place.run(&["-b", "demo", "check", "--json"]).ok();
    assert!(checked.contains("\"shared\":true"), "{checked}");
}

#[test]
fn a_shared_board_refuses_and_fails_as_it_does_alone() {
    let place = Place::new();
    let demo = place.demo();
    let _share = Started::new(place.command(&["-b", "demo", "share"]), "is shared");
    let call = |arguments: &[&str]| place.run(&[&["-b", "demo", "call"], arguments].concat());
    assert!(call(&["mlt"]).failed(1).contains("is it `mult`?"));
    assert!(call(&["move_to", "7", "1"]).failed(1).contains("NoSuchJoint"));
    let path = place.run(&["-b", "demo", "ports", "--json"]).ok();
    let path = path.lines().find_map(|line| {
        let port: serde_json::Value = serde_json::from_str(line).unwrap();
        (port["product"] == "demo").then(|| port["port"].as_str().unwrap().to_owned())
    });
    drop(demo);
    place.run(&["-b", &path.unwrap(), "--timeout", "500ms", "call", "imu"]).failed(4);
}

#[test]
fn over_tcp_nobody_changes_what_runs_on_the_board() {
    let place = Place::new();
    let _demo = place.demo();
    let share = Started::new(place.command(&["-b", "demo", "share", "--tcp", "0"]), "is shared");
    let address = share.said.lines().find_map(|line| Some(line.split_once("tcp://")?.1)).unwrap();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let target = format!("tcp://{address}");
    assert_eq!(place.run(&["-b", &target, "call", "mult", "2", "3"]).ok(), "6.0\n");
    for name in ["module", "enable repl", "disable repl"] {
        let said = place.run(&["-b", &target, "call", name]).failed(1);
        assert!(said.contains("not over a shared connection"), "{said}");
    }
}

#[test]
fn over_tcp_one_client_too_many_is_told_so() {
    let place = Place::new();
    let _demo = place.demo();
    let share = Started::new(place.command(&["-b", "demo", "share", "--tcp", "0"]), "is shared");
    let address = share.said.lines().find_map(|line| Some(line.split_once("tcp://")?.1)).unwrap();
    let call = || place.run(&["-b", &format!("tcp://{address}"), "call", "mult", "2", "3"]);
    let clients: Vec<_> = (0..32).map(|_| std::net::TcpStream::connect(address).unwrap()).collect();
    let said = call().failed(1);
    assert!(said.contains("32 programs are connected already"), "{said}");
    drop(clients);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while call().code != 0 {
        assert!(std::time::Instant::now() < deadline, "the others have gone");
    }
}

#[test]
fn what_a_program_that_was_killed_leaves_behind_is_in_nobodys_way() {
    let place = Place::new();
    let _demo = place.demo();
    for _ in 0..2 {
        let mut share = Started::new(place.command(&["-b", "demo", "share"]), "is shared");
        assert_eq!(place.run(&["-b", "demo", "call", "mult", "2", "3"]).ok(), "6.0\n");
        share.child.kill().unwrap();
        share.child.wait().unwrap();
        assert_eq!(place.run(&["-b", "demo", "call", "mult", "2", "4"]).ok(), "8.0\n");
    }
}
