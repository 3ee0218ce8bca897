//! The host calls what the board does, over a line in memory.

use onboard::OnboardRobot;
use serialtalk_hal::{Spawn, loopback};

use robot::{RobotClient, RobotServer};

#[test]
fn the_board_does_what_the_host_asks_for() -> anyhow::Result<()> {
    let (board, host) = loopback();
    let server = RobotServer::new(OnboardRobot::default());
    let _serving = board.serve(server).spawn();
    let mut board = RobotClient::connect(host)?;
    assert_eq!(board.mult(2.0, 3.0)?, 6.0);
    board.set_color([255, 128, 0])?;
    assert_eq!(board.imu()?.x, 255.0);
    Ok(())
}
