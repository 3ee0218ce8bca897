//! The alignment of a type does not show on the wire.

use serialtalk::Value;

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8, align(4))]
pub enum Mode {
    Off = 1,
    On = 2,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(align(8), i16)]
pub enum Gear {
    Reverse = -300,
    First = 300,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(align(4))]
#[repr(u32)]
pub enum Lamp {
    Red,
    Green,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(C, align(16))]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(align(4))]
pub enum State {
    Idle,
    Moving(u8),
}

#[serialtalk::interface]
pub trait Robot {
    fn set(&mut self, mode: Mode, gear: Gear, lamp: Lamp, point: Point) -> State;
}

fn main() {
    assert_eq!(ROBOT_INTERFACE.commands[0].format, "<BhI2f");
}
