//! An overview: a board, its interface, calls of every kind in both directions, and their speed.
//!
//! Without arguments the board is simulated; `--port /dev/ttyUSB0` talks to a real one.

mod speed;
mod table;

use core::fmt::{Debug, Display};

use clap::Parser;
use host_examples::PortArguments;
use robot::{Host, HostServer, ROBOT_INTERFACE, RobotClient};
use serialtalk::heapless::Vec;
use serialtalk::{Caller, args};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    port: PortArguments,
    /// For how many seconds to measure the speed
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
}

/// The commands that this program serves for the board.
#[derive(Default)]
struct Logbook {
    line: Option<String>,
}

impl Host for Logbook {
    fn log(&mut self, line: &str) {
        self.line = Some(line.into());
    }

    fn uptime(&mut self) -> u32 {
        0
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let connection = arguments.port.connect()?;
    println!("{}\n", connection.board);
    table::print(&ROBOT_INTERFACE);

    let talk = connection.talk.serve(HostServer::new(Logbook::default()));
    let mut robot = RobotClient::connect(talk)?;

    println!("\ncalls through the trait:");
    show("mult(5.9, 94.0)", robot.mult(5.9, 94.0));
    show("imu()", robot.imu());
    show("name()", robot.name());
    show("echo64([7; 64])", robot.echo64([7; 64]).map(|bytes| format!("{} bytes", bytes.len())));
    show("calibrate()", robot.calibrate());
    show("led(240)", robot.led(240));
    show("set_color([0, 0, 255])", robot.set_color(Vec::from_array([0, 0, 255])));
    show("calibrate()", robot.calibrate());

    println!("\nthe same board without the trait:");
    let talk = robot.caller_mut();
    show("call(\"mult\", (2, 3))", talk.call::<f64>("mult", (2, 3)));
    show_value("call_value(\"imu\", args![])", talk.call_value("imu", args![]));
    show_value("call_value(\"echo\", args![1, \"two\", 3.0])", talk.call_value("echo", args![1, "two", 3.0]));
    show_value("call_value(\"mult\", args![\"x\", 3])", talk.call_value("mult", args!["x", 3]));
    println!("  it has {} commands, built-in ones included", talk.remote_commands()?.len());

    println!("\nthe other direction:");
    robot.show("hello")?;
    let talk = robot.caller_mut();
    let line = loop {
        let is_quiet = !talk.process_within(1000)?;
        let logbook: &mut Logbook = talk.state();
        let line = logbook.line.take();
        if line.is_some() || is_quiet {
            break line;
        }
    };
    match line {
        Some(line) => println!("  the board called us back: log({line:?})"),
        None => println!("  the board has not called us back"),
    }

    println!("\nspeed:");
    speed::print(&mut robot, arguments.seconds, connection.is_simulated)
}

fn show<T: Debug, E: Display>(call: &str, outcome: Result<T, E>) {
    match outcome {
        Ok(value) => println!("  {call} = {value:?}"),
        Err(error) => println!("  {call}: {error}"),
    }
}

fn show_value<T: Display, E: Display>(call: &str, outcome: Result<T, E>) {
    match outcome {
        Ok(value) => println!("  {call} = {value}"),
        Err(error) => println!("  {call}: {error}"),
    }
}
