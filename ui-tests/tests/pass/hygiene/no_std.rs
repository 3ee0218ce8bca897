//! A crate without `std`.
#![no_std]
#![forbid(unsafe_code)]

extern crate std as host;

#[derive(serialtalk::Value, Debug, Clone, Copy)]
pub struct Imu {
    pub x: f32,
}

#[serialtalk::interface]
pub trait Robot {
    fn imu(&mut self) -> Imu;
    fn led(&mut self, hue: u16);
    fn name(&mut self, text: &str) -> heapless::String<8>;
}

fn main() {
    host::assert_eq!(ROBOT_INTERFACE.commands.len(), 3);
}
