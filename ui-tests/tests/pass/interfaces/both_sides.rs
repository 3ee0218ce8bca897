//! Each side of a line serves its own interface and calls the other's.

use serialtalk::{CallError, Caller};

#[serialtalk::interface]
pub trait Robot {
    fn drive(&mut self, speed: i8);
}

#[serialtalk::interface]
pub trait Operator {
    fn bumped(&mut self, side: u8) -> bool;
}

pub fn on_the_host<C: Caller>(caller: C) -> Result<(), CallError<C::Error>> {
    RobotClient::new(caller).drive(20)
}

pub fn on_the_board<C: Caller>(caller: C) -> Result<bool, CallError<C::Error>> {
    OperatorClient::new(caller).bumped(1)
}

fn main() {}
