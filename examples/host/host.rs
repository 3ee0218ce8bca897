//! Calls a robot over a serial port: `cargo run --example host -- --port /dev/ttyUSB0`.

use clap::Parser;
use host_examples::PortArguments;
use robot::RobotClient;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    port: PortArguments,
}

fn main() -> anyhow::Result<()> {
    let connection = Arguments::parse().port.connect()?;
    println!("{}", connection.board);
    let mut robot = RobotClient::connect(connection.talk)?;
    println!("mult(5.9, 94.0) = {}", robot.mult(5.9, 94.0)?);
    println!("imu() = {:?}", robot.imu()?);
    robot.led(120)?;
    println!("calibrate() = {:?}", robot.calibrate()?);
    Ok(())
}
