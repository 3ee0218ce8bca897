//! A host whose board comes and goes: it connects again, and brings the board into the state that it had.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use serialtalk_hal::{Reconnecting, Spawn, tcp};

/// What the board can do.
#[serialtalk::interface]
trait Robot {
    /// Lights the lamp: its hue in degrees.
    fn led(&mut self, hue: u16);
    /// The hue of the lamp in degrees.
    fn hue(&mut self) -> u16;
}

/// The board of this program, which needs no hardware.
#[derive(Default)]
struct SimulatedRobot {
    hue: u16,
}

impl Robot for SimulatedRobot {
    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }

    fn hue(&mut self) -> u16 {
        self.hue
    }
}

/// Starts the board. Its lamp is off.
fn start(address: &str) -> anyhow::Result<(String, impl Sized)> {
    let board = tcp::serve(address, RobotServer::new(SimulatedRobot::default()))?;
    Ok((board.local_addr().to_string(), board.spawn()))
}

fn main() -> anyhow::Result<()> {
    let (address, board) = start("127.0.0.1:0")?;

    // What the board is to be like. With a board: "usb:2e8a:0005" instead of "tcp://…".
    let wanted = Arc::new(AtomicU16::new(0));
    let hue = Arc::clone(&wanted);
    let link = Reconnecting::new(&format!("tcp://{address}"))
        .on_connect(move |talk| Ok(RobotClient::new(talk).led(hue.load(Ordering::Relaxed))?))
        .on_state(|state| println!("{state}"))
        .wait_for_reconnection(5000);
    let mut robot = RobotClient::over(link);

    wanted.store(120, Ordering::Relaxed);
    robot.led(120)?;
    println!("hue: {}", robot.hue()?);

    // The board is unplugged, and comes back without its state.
    drop(board);
    if let Err(error) = robot.hue() {
        println!("lost: {error}");
    }
    let (_, _board) = start(&address)?;
    println!("hue: {}", robot.hue()?);
    Ok(())
}
