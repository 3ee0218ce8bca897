//! One robot for many clients, over TCP.
//!
//! Clients may keep their connection, or open one for every call, as Python's `ClientSocketSerial` does.

use clap::Parser;
use host_examples::SimulatedRobot;
use robot::{RobotClient, RobotServer};
use serialtalk_hal::{Spawn, tcp};

#[derive(Parser)]
struct Arguments {
    /// Where to listen, for other programs: a port alone is for those on this machine, 0.0.0.0:PORT for everyone on the
    /// network. Without it, this program makes two clients itself
    #[arg(long)]
    listen: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let robot = RobotServer::new(SimulatedRobot::default());
    if let Some(address) = Arguments::parse().listen {
        let mut server = tcp::serve(address, robot)?;
        println!("simulated robot, {server}");
        server.run()?;
        return Ok(());
    }
    let server = tcp::serve(0, robot)?;
    let address = server.local_addr();
    println!("simulated robot, {server}");
    let _server = server.spawn();

    let mut keeps = RobotClient::new(tcp::connect(address)?);
    let link = tcp::TcpLink::connect(address)?.one_connection_per_call();
    let mut opens_anew = RobotClient::new(serialtalk_hal::over(link, "one connection per call").plain());
    keeps.led(240)?;
    println!("one client: mult(5.9, 94.0) = {}", keeps.mult(5.9, 94.0)?);
    println!("another:    mult(1.5, 2.0) = {}", opens_anew.mult(1.5, 2.0)?);
    println!("they share a robot: calibrate() = {:?}", opens_anew.calibrate()?);
    Ok(())
}
