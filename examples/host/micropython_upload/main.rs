//! One program for a host and its board: it finds a MicroPython that has nothing on it, sends it `robot.py`, starts that and calls
//! it by a typed trait, all over one line.
//!
//! `cargo run --example micropython_upload` does so with a MicroPython on a virtual serial port and with an emulated
//! micro:bit; `-- --port /dev/ttyACM0` with a board of yours, whose `main.py` it replaces.

#[cfg(target_os = "linux")]
mod boards;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use host_examples::PortArguments;
use serialtalk::link::Link;
use serialtalk_hal::board::{Program, Progress, include_board};
use serialtalk_hal::{LinkError, SerialTalk};

/// What the board's Python can do.
#[serialtalk::interface]
trait Robot {
    /// Product of two numbers.
    #[command(idempotent)]
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Acceleration in m/s².
    fn imu(&mut self) -> (f32, f32, f32);
    /// Lights the lamp in a colour: its hue in degrees.
    fn led(&mut self, hue: u16);
    /// Where it runs, and what the lamp shows.
    fn status(&mut self) -> String;
}

/// The board's Python, carried by this program.
const BOARD: Program<'_> = include_board!("robot.py");

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    port: PortArguments,
    /// How many calls to make
    #[arg(long, default_value_t = 1000)]
    calls: u16,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match arguments.port.open()? {
        Some(talk) => show(talk, arguments.calls),
        #[cfg(target_os = "linux")]
        None => boards::show_each(arguments.calls),
        #[cfg(not(target_os = "linux"))]
        None => anyhow::bail!("boards are emulated on Linux only; --port chooses a real one"),
    }
}

/// Deploys the program on a board twice, and calls it.
fn show<L: Link<Error = LinkError>>(talk: SerialTalk<L>, calls: u16) -> Result<()> {
    println!("board on {}", talk.name());
    let start = Instant::now();
    let robot: RobotClient<_> = BOARD.deploy_watched(talk, print)?;
    println!("  sent, started and answering after {:.2} s", start.elapsed().as_secs_f64());

    let start = Instant::now();
    let mut robot: RobotClient<_> = BOARD.deploy_watched(robot.into_caller(), print)?;
    println!("  started again and answering after {:.2} s", start.elapsed().as_secs_f64());

    robot.led(240)?;
    println!("  imu() = {:?}", robot.imu()?);
    println!("  status() = {:?}", robot.status()?);
    let start = Instant::now();
    for n in 0..calls {
        let product = robot.mult(n.into(), 0.5).with_context(|| format!("call {n}"))?;
        ensure!(product == f32::from(n) * 0.5, "{n} times 0.5 is not {product}");
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("  {calls} calls in {seconds:.2} s: {:.0} calls/s", f64::from(calls) / seconds);
    Ok(())
}

/// Prints that a file is complete.
fn print(progress: Progress<'_>) {
    let Progress { path, done, total, unchanged } = progress;
    if unchanged {
        println!("  {path}: on the board already");
    } else if done == total {
        println!("  {path}: {total} bytes sent");
    }
}
