//! User types that shadow those of the prelude.
#![allow(dead_code, non_camel_case_types)]

pub struct Option;
pub struct Result;
pub struct Vec;
pub struct String;
pub struct Some;
pub struct None;
pub trait Iterator {}
pub trait Default {}
pub trait From {}
pub trait Into {}
pub trait Send {}
pub mod core {}
pub mod std {}
pub mod alloc {}
pub mod serialtalk {}
#[allow(unused_macros)]
macro_rules! panic {
    () => {
        compile_error!("not ours")
    };
}
#[allow(unused_macros)]
macro_rules! assert {
    () => {
        compile_error!("not ours")
    };
}

#[derive(::serialtalk::Value, Debug)]
pub struct Imu {
    pub x: f32,
}

#[derive(::serialtalk::Value, Debug)]
pub enum State {
    Idle,
    Moving(u8),
}

#[::serialtalk::interface]
pub trait Robot {
    fn imu(&mut self, speed: f32) -> Imu;
    fn state(&mut self, state: State) -> ::core::result::Result<Imu, State>;
}

fn main() {}
