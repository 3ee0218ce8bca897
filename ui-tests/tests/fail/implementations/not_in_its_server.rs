use serialtalk::Clock;
use serialtalk::SerialTalk;
use serialtalk::link::{Link, Received};

#[serialtalk::interface]
trait Arm {
    fn read(&mut self) -> u8;
}

struct MyArm;

impl Arm for MyArm {
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
    let _ = SerialTalk::new(Nowhere, Never).serve(MyArm);
}
