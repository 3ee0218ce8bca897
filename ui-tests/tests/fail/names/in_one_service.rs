use serialtalk::Clock;
use serialtalk::link::{Link, Received};
use serialtalk::SerialTalk;

#[serialtalk::interface]
trait Sensor {
    fn read(&mut self) -> f32;
}

#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
}

struct Board;

impl Sensor for Board {
    fn read(&mut self) -> f32 {
        0.0
    }
}

impl Robot for Board {
    fn read(&mut self) -> u8 {
        0
    }
}

struct Nowhere;

impl Link for Nowhere {
    type Error = core::convert::Infallible;

    fn receive(&mut self, _buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Self::Error> {
        Ok(Received::Closed)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

struct Never;

impl Clock for Never {
    fn now(&self) -> u32 {
        0
    }
}

fn main() {
    let services = (SensorServer::new(Board), RobotServer::new(Board));
    let _ = SerialTalk::<_, _, _, 64>::with_service(Nowhere, Never, services);
}
