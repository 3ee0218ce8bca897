//! Generated code uses full paths: the prelude is not in scope here.
#![no_implicit_prelude]

#[derive(::serialtalk::Value, ::std::fmt::Debug, ::std::clone::Clone, ::std::marker::Copy)]
pub struct Imu {
    pub x: f32,
    pub y: f32,
}

#[derive(::serialtalk::Value, ::std::fmt::Debug)]
#[repr(u8)]
pub enum Mode {
    Idle,
    Run,
}

#[derive(::serialtalk::Value, ::std::fmt::Debug)]
pub enum Fault {
    Moving { speed: u16 },
    Tilted,
}

#[::serialtalk::interface]
pub trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> Imu;
    fn mode(&mut self, mode: Mode);
    fn calibrate(&mut self) -> ::std::result::Result<Imu, Fault>;
}

#[::serialtalk::interface]
pub trait Lamp {
    fn light(&mut self, on: bool);
}

pub struct Board;

impl Lamp for Board {
    fn light(&mut self, _: bool) {}
}

::serialtalk::services! {
    pub type Services = LampServer<Board>;
}

fn main() {
    let _ = ::serialtalk::args![1u8];
}
