//! A board behind a line of the operating system tells its contract.
#![cfg(unix)]

#[path = "support/contract.rs"]
mod contract;
#[path = "../../serialtalk-hal/tests/support/robots.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod robots;

use contract::assert_contract;
use robots::{Fake, NamedServer, QuietServer, RobotServer};
use serialtalk_hal::{Spawn, over, pty::PtyLink, serial};

#[test]
fn a_board_behind_a_virtual_serial_port_tells_its_contract() {
    let link = PtyLink::open().unwrap();
    let path = link.path().to_owned();
    let services = (NamedServer::new(Fake), RobotServer::new(Fake));
    let _board = over(link, "board").max_frame::<48>().serve(services).spawn();
    let mut host = serial::open(&path, 115_200).unwrap();
    let robot = assert_contract(&mut host, &[robots::NAMED_INTERFACE, robots::ROBOT_INTERFACE]);
    assert_eq!(robot.command("power").unwrap().docs(), "What the battery gives.");
}

#[test]
#[should_panic(expected = "the peer describes nothing")]
fn a_board_that_describes_nothing_is_found_out() {
    let (board, mut host) = serialtalk_hal::loopback();
    let _board = board.serve(QuietServer::new(Fake)).spawn();
    assert_contract(&mut host, &[robots::QUIET_INTERFACE]);
}
