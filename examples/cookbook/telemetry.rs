//! Reads a sensor 50 times a second, and writes a table for a spreadsheet.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::Timeout;
use serialtalk_hal::{Spawn, loopback};

/// What the board can do.
#[serialtalk::interface]
trait Robot {
    /// Acceleration in m/s².
    fn imu(&mut self) -> Imu;
}

#[derive(serialtalk::Value, Debug, Clone, Copy)]
struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

/// The board of this program, which needs no hardware.
struct SimulatedRobot;

impl Robot for SimulatedRobot {
    fn imu(&mut self) -> Imu {
        Imu { x: 0.0, y: 0.1, z: 9.8 }
    }
}

/// The time between two readings: 50 Hz.
const PERIOD: Duration = Duration::from_millis(20);

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "telemetry.csv".into());
    let slots: u32 = arguments.next().as_deref().unwrap_or("500").parse()?;
    let (board, host) = loopback();
    let _board = board.serve(RobotServer::new(SimulatedRobot)).spawn();
    let mut robot = RobotClient::connect(host)?;

    let mut table = BufWriter::new(File::create(&path)?);
    writeln!(table, "ms,x,y,z")?;
    let mut missed = 0;
    let start = Instant::now();
    for slot in 0..slots {
        thread::sleep((start + PERIOD * slot).saturating_duration_since(Instant::now()));
        let ms = start.elapsed().as_millis();
        // A slot that is over is left out, and nothing makes up for it.
        if ms >= (PERIOD * (slot + 1)).as_millis() {
            missed += 1;
            continue;
        }
        match robot.within(Timeout::Ms(PERIOD.as_millis() as u32)).imu() {
            Ok(Imu { x, y, z }) => writeln!(table, "{ms},{x},{y},{z}")?,
            Err(error) if error.is_timeout() => missed += 1,
            Err(error) => return Err(error.into()),
        }
    }
    table.flush()?;
    println!("{} rows in {path}, {missed} missed", slots - missed);
    Ok(())
}
