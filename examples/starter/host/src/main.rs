//! Calls the board: `cargo run -- /dev/ttyUSB0`, or without a port on the only one there is.

use robot::RobotClient;

fn main() -> anyhow::Result<()> {
    let line = match std::env::args().nth(1) {
        Some(port) => serialtalk_hal::open(&port)?,
        None => serialtalk_hal::open_default()?,
    };
    let mut board = RobotClient::connect(line)?;
    println!("mult(5.9, 94.0) = {}", board.mult(5.9, 94.0)?);
    println!("imu() = {:?}", board.imu()?);
    board.set_color([255, 128, 0])?;
    Ok(())
}
