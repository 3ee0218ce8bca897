//! Types of the user's that are called like primitive types.
#![allow(non_camel_case_types, dead_code)]

pub type u8 = f32;
pub type i16 = f32;
pub struct i128;
pub struct u16;
pub struct u32;
pub struct u64;
pub struct usize;
pub struct bool;
pub struct str;

#[derive(serialtalk::Value, Debug)]
#[repr(u8)]
pub enum Mode {
    Off,
    On = 7,
}

#[derive(serialtalk::Value, Debug)]
#[repr(i16)]
pub enum Offset {
    Below = -300,
    Above = 300,
}

#[derive(serialtalk::Value, Debug)]
pub struct Reading {
    pub value: u8,
    pub offset: Offset,
}

#[serialtalk::interface(module = "m")]
pub trait Robot {
    fn read(&mut self, gain: u8, mode: Mode) -> Result<Reading, Offset>;
}

fn main() {
    assert_eq!(ROBOT_INTERFACE.commands[0].format, "fB");
}
