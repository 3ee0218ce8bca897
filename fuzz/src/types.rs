//! Types of a user, of every form that a type can have.

use std::collections::BTreeMap;

use serialtalk::Value;

/// A struct, which only derives.
#[derive(Value, Debug, Clone, PartialEq)]
pub struct Imu {
    /// An integer.
    pub id: u8,
    /// Floats.
    pub position: (f32, f64),
}

/// An enum without data.
#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(i16)]
pub enum Mode {
    /// Negative.
    Back = -300,
    /// Nothing.
    Idle = 0,
    /// Positive.
    Run = 5,
}

/// An enum with data.
#[derive(Value, Debug, Clone, PartialEq)]
pub enum Fault {
    /// Without data.
    Unknown,
    /// With a name.
    Moving {
        /// An integer.
        speed: i16,
    },
    /// With text and a list.
    Text(String, Vec<u16>),
}

/// A type that only serde knows.
#[derive(serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
pub struct Config {
    /// Text.
    pub name: String,
    /// An option.
    pub gain: Option<f32>,
    /// A map.
    pub limits: BTreeMap<String, i32>,
    /// An enum.
    pub mode: Choice,
}

/// An enum that only serde knows.
#[derive(serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
pub enum Choice {
    /// Without data.
    Off,
    /// With one value.
    Level(u8),
    /// With two.
    Range(i64, i64),
    /// With names.
    Named {
        /// Bytes, as a list.
        bytes: Vec<u8>,
    },
}
