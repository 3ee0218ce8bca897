//! Types of a user.

#![allow(dead_code, unreachable_pub, reason = "shared by several tests")]

use serialtalk::Value;

/// A struct.
#[derive(Value, Debug, Clone, PartialEq)]
pub struct Imu {
    pub id: u8,
    pub position: (f32, f32),
}

/// An enum without data, which crosses as an integer.
#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum Mode {
    Idle = 0,
    Run = 5,
}

/// An enum with data, which crosses as the name of a variant, followed by its fields.
#[derive(Value, Debug, Clone, PartialEq)]
pub enum Fault {
    Unknown,
    Moving { speed: i16 },
    Text(String, Vec<u16>),
}
