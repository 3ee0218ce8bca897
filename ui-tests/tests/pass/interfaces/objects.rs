//! A trait without async methods is one for objects.
#![deny(warnings)]

use serialtalk::Service;

#[serialtalk::interface]
pub trait Robot {
    fn read(&self, value: u8) -> u8;
    fn reset(&mut self);
}

struct Board;

impl Robot for Board {
    fn read(&self, value: u8) -> u8 {
        value
    }

    fn reset(&mut self) {}
}

impl Robot for Box<dyn Robot> {
    fn read(&self, value: u8) -> u8 {
        (**self).read(value)
    }

    fn reset(&mut self) {
        (**self).reset();
    }
}

fn reset(robot: &mut dyn Robot) -> u8 {
    robot.reset();
    robot.read(1)
}

fn serve(_: impl Service) {}

fn main() {
    let mut boxed: Box<dyn Robot> = Box::new(Board);
    assert_eq!(reset(&mut *boxed) + reset(&mut boxed), 2);
    serve(RobotServer::new(boxed));
    serve(RobotServer::new(&mut Board as &mut dyn Robot));
}
