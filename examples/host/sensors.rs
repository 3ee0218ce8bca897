//! Reads a sensor 50 times a second, and prints how many readings were late.

use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use host_examples::PortArguments;
use robot::RobotClient;
use serialtalk::Timeout;

const PERIOD: Duration = Duration::from_millis(20);

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    port: PortArguments,
    /// How many readings to take
    #[arg(long, default_value_t = 250)]
    readings: u32,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let connection = arguments.port.connect()?;
    println!("{}", connection.board);
    let mut robot = RobotClient::connect(connection.talk)?;

    let mut slowest = Duration::ZERO;
    let mut missed = 0;
    let start = Instant::now();
    for reading in 0..arguments.readings {
        let due = start + PERIOD * reading;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let asked = Instant::now();
        // A late reading is useless, because the next one is due.
        match robot.within(Timeout::Ms(PERIOD.as_millis() as u32)).imu() {
            Ok(imu) if reading % 50 == 0 => println!("{imu:?}"),
            Ok(_) => {}
            Err(error) if error.is_timeout() => missed += 1,
            Err(error) => return Err(error.into()),
        }
        slowest = slowest.max(asked.elapsed());
    }
    let rate = f64::from(arguments.readings) / start.elapsed().as_secs_f64();
    println!(
        "{} readings, {rate:.1} per second, {missed} missed, the slowest took {slowest:?}",
        arguments.readings
    );
    Ok(())
}
