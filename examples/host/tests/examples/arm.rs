//! The robot arm: its board is killed and started again, and its hosts go on.

use std::fs;
use std::path::PathBuf;

use ::arm::{ArmClient, Progress};
use serialtalk_hal::{serial, tcp};

use super::Example;

/// Like a board that is reset and comes back under the same name.
#[test]
fn a_simulated_arm_that_is_killed_and_started_again() {
    let link = std::env::temp_dir().join(format!("serialtalk-arm-{}", std::process::id()));
    let link = link.to_str().unwrap();
    for _ in 0..2 {
        let mut board = Example::start("arm_board", &["--link", link]);
        let path = board.line().split_off("simulated arm on ".len());
        assert_eq!(fs::read_link(link).unwrap().to_str(), Some(&*path));
        let mut arm = ArmClient::connect(serial::open(link, 115_200).unwrap()).unwrap();
        assert_eq!(arm.progress().unwrap(), Progress::Idle);
        arm.start_homing().unwrap();
        assert!(matches!(arm.progress().unwrap(), Progress::Running { .. }));
        drop(board);
        let error = arm.progress().unwrap_err();
        assert!(error.is_link(), "{error}");
    }
    fs::remove_file(link).unwrap();
    // It replaces nothing but links.
    fs::write(link, "a file").unwrap();
    let mut board = Example::start("arm_board", &["--link", link]);
    assert!(!board.child.wait().unwrap().success());
    assert_eq!(fs::read_to_string(link).unwrap(), "a file");
    fs::remove_file(link).unwrap();
}

/// The arm outlives the connections of its hosts.
#[test]
fn a_simulated_arm_over_tcp() {
    let mut board = Example::start("arm_board", &["--tcp", "127.0.0.1:0"]);
    let address = board.line().split_off("simulated arm on ".len());
    let connect = || ArmClient::connect(tcp::connect(&address).unwrap()).unwrap();
    connect().start_homing().unwrap();
    assert!(board.line().starts_with("a host is gone"));
    let mut arm = connect();
    while matches!(arm.progress().unwrap(), Progress::Running { .. }) {}
    assert_eq!((arm.progress().unwrap(), arm.joints().unwrap()), (Progress::Done, [0.0; 6]));
}

/// A path of this test.
fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("serialtalk-arm-{name}-{}", std::process::id()))
}

/// A host logs, takes alarms, stops the arm, and goes on when the board is back.
fn a_host(name: &str) {
    let (link, log) = (path(name), path(&format!("{name}.csv")));
    let (link, log) = (link.to_str().unwrap(), log.to_str().unwrap());
    let mut board = Example::start("arm_board", &["--link", link]);
    board.line_with("simulated arm on");
    let mut host = Example::start(name, &["--port", link, "--log", log]);
    host.line_with("connected to arm on board");
    host.line_with("is connected");

    host.type_line("home");
    host.line_with("home: done");
    host.type_line("stop");
    host.line_with("ALARM: EmergencyStop");
    host.line_with("the motion has ended: Failed { alarm: EmergencyStop }");
    host.type_line("move");
    host.line_with("move: `move_to` failed on the peer: Stopped");
    host.type_line("reset");
    host.line_with("reset: done");

    drop(board);
    host.line_with("is not connected");
    host.type_line("progress");
    host.line_with("progress: calling `progress` failed");
    let mut board = Example::start("arm_board", &["--link", link]);
    board.line_with("simulated arm on");
    host.line_with("connected to arm on board");
    host.line_with("is connected");
    host.type_line("progress");
    host.line_with("progress: Idle");

    host.type_line("quit");
    assert!(host.finish().contains(" readings, "));
    let table = fs::read_to_string(log).unwrap();
    assert!(table.starts_with("ms,base,shoulder,elbow,forearm,wrist,hand\n"), "{table}");
    assert!(
        table.lines().skip(1).all(|row| row.split(',').count() == 7) && table.lines().count() > 1,
        "{table}"
    );
    fs::remove_file(log).unwrap();
    fs::remove_file(link).unwrap();
}

#[test]
fn a_host_with_threads() {
    a_host("arm_threads");
}

#[test]
fn a_host_with_tasks() {
    a_host("arm_tasks");
}
