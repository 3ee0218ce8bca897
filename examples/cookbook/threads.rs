//! Two threads use one board: one reads a sensor again and again, the other gives commands.

use std::thread;

use serialtalk_hal::{Spawn, loopback, share};

/// What the board can do.
#[serialtalk::interface]
trait Robot {
    /// Acceleration upwards, in m/s².
    fn gravity(&mut self) -> f32;
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
    fn gravity(&mut self) -> f32 {
        9.8
    }

    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }

    fn hue(&mut self) -> u16 {
        self.hue
    }
}

fn main() -> anyhow::Result<()> {
    let (board, host) = loopback();
    let _board = board.serve(RobotServer::new(SimulatedRobot::default())).spawn();

    // With a board: share(serialtalk_hal::open("/dev/ttyUSB0")?)?
    let (shared, _running) = share(host)?;
    let mut sensor = RobotClient::new(shared.clone());
    let mut lamp = RobotClient::new(shared);
    let reading = thread::spawn(move || -> anyhow::Result<f32> {
        let mut sum = 0.0;
        for _ in 0..100 {
            sum += sensor.gravity()?;
        }
        Ok(sum / 100.0)
    });
    let lighting = thread::spawn(move || -> anyhow::Result<u16> {
        for hue in (0..360).step_by(40) {
            lamp.led(hue)?;
        }
        Ok(lamp.hue()?)
    });
    println!("gravity: {:.1} m/s²", reading.join().expect("the thread has not panicked")?);
    println!("hue: {} degrees", lighting.join().expect("the thread has not panicked")?);
    Ok(())
}
