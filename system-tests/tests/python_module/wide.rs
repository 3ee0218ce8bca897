//! An interface with every kind of command, and its server in Rust.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;

use serialtalk::heapless::String as Short;

/// Every kind of command.
///
/// Even "this" is `kept`, a \ and """ too:
///
/// - an item of a list that is so long that it has to go on in another line, because a line of the module that is made
///   has at most a hundred characters.
#[serialtalk::interface]
pub trait Wide {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Numbers that are not aligned.
    fn numbers(&mut self, a: i8, b: u64, c: f64) -> (i8, u64, f64);
    fn invert(&mut self, on: bool) -> bool;
    fn imu(&mut self) -> Imu;
    fn mirror(&mut self, imu: Imu) -> Imu;
    fn place(&mut self, at: (i16, i16), on: bool, rgb: (u8, u8, u8)) -> i16;
    fn mode(&mut self, mode: Mode) -> Mode;
    fn reset(&mut self);
    /// Greets.
    fn greet(&mut self, name: &str) -> String;
    fn sums(&mut self, numbers: Vec<i32>) -> Vec<i64>;
    fn find(&mut self, name: &str, nth: Option<u8>) -> Option<(u8, String)>;
    fn way(&mut self, start: (String, i16)) -> Vec<(String, i16)>;
    fn state(&mut self, state: State) -> State;
    fn counts(&mut self, words: BTreeMap<String, u8>) -> BTreeMap<String, u8>;
    fn maybe(&mut self, at: Option<(i16, i16)>) -> Option<(i16, i16)>;
    fn corners(&mut self, names: [String; 2]) -> [String; 2];
    #[command(raw)]
    fn reflect(&mut self, bytes: &[u8]) -> Vec<u8>;
    #[command(raw)]
    fn shout(&mut self, text: &str) -> String;
    #[command(format = ">hi", returns = "<d")]
    fn widen(&mut self, a: i8, b: i16) -> f32;
    #[command(format = "8s", returns = "8s")]
    fn label(&mut self, text: &str) -> String;
    #[command(format = "4sB4sB")]
    fn labels(&mut self, a: Label, b: Label) -> u8;
    #[command(name = "set color", repr)]
    fn set_color(&mut self, rgb: Vec<u8>);
    #[command(postcard)]
    fn pose(&mut self, pose: Pose, by: i16) -> Pose;
    #[command(oneway)]
    fn log(&mut self, text: &str);
    #[command(idempotent, timeout_ms = 60_000)]
    fn calibrate(&mut self, fast: bool) -> Result<Imu, Fault>;
    #[command(timeout_ms = 50)]
    fn nap(&mut self) -> u8;
    #[command(timeout_ms = never)]
    fn patient(&mut self) -> u8;
    fn r#yield(&mut self, r#in: u8, self_: u8) -> u8;
    fn register(&mut self) -> String;
    /// Where some bytes end that begin at `at`.
    fn store(&mut self, at: u32, data: &[u8]) -> u32;
    fn load(&mut self, count: u8) -> Vec<u8>;
    fn join(&mut self, a: &[u8], b: Vec<u8>) -> Vec<u8>;
    fn invert_chunk(&mut self, chunk: Chunk) -> Chunk;
    fn nest(&mut self, nest: Nest) -> Nest;
    fn spots(&mut self, spots: Vec<Spot>) -> Vec<Spot>;
}

/// What is off until it is asked for.
#[serialtalk::interface(module = "wide_server", describe)]
pub trait Spare {
    /// Adds two numbers; "m²" and \ are kept.
    ///
    /// The description takes two frames, and a frame may end within a letter of two bytes: äöüäöüäöüäöüäöüäöüäöüäöü
    /// äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü
    #[command(idempotent)]
    fn spare_sum(&mut self, numbers: (i32, i32)) -> i32;
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub struct Imu {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum Mode {
    Off,
    Fast = 7,
}

#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
pub enum State {
    Idle,
    Moving(u8),
    At { metres: f32, before: Vec<(String, u8)> },
}

#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
pub struct Label {
    pub text: Short<4>,
    pub number: u8,
}

/// Bytes beside a number: their length is in the format of each frame.
#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
pub struct Chunk {
    pub at: u16,
    pub data: Vec<u8>,
}

/// A struct in a struct.
#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
pub struct Nest {
    pub spot: Spot,
    pub pair: (u8, u8),
    pub mode: u8,
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub number: u8,
    pub lit: bool,
}

#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
pub enum Fault {
    Moving { speed: u16 },
}

#[derive(serde::Serialize, serde::Deserialize, Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    pub heading: i16,
    pub place: Option<char>,
}

pub const IMU: Imu = Imu { x: 0.0, y: 0.125, z: 9.75 };

/// Implements the commands of `peers/python/wide_server.py`.
pub struct Rust {
    pub heard: Vec<String>,
    /// Ends a call of `nap`.
    pub alarm: Receiver<()>,
}

impl Wide for Rust {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn numbers(&mut self, a: i8, b: u64, c: f64) -> (i8, u64, f64) {
        (a, b, c)
    }
    fn invert(&mut self, on: bool) -> bool {
        !on
    }
    fn imu(&mut self) -> Imu {
        IMU
    }
    fn mirror(&mut self, imu: Imu) -> Imu {
        Imu { x: -imu.x, y: -imu.y, z: -imu.z }
    }
    fn place(&mut self, (x, y): (i16, i16), on: bool, (red, green, blue): (u8, u8, u8)) -> i16 {
        if on { x + y + i16::from(red) + i16::from(green) + i16::from(blue) } else { 0 }
    }
    fn mode(&mut self, mode: Mode) -> Mode {
        mode
    }
    fn reset(&mut self) {
        self.heard.push("'reset'".into());
    }
    fn greet(&mut self, name: &str) -> String {
        format!("hello {name}")
    }
    fn sums(&mut self, numbers: Vec<i32>) -> Vec<i64> {
        vec![numbers.iter().copied().map(i64::from).sum(), numbers.len() as i64]
    }
    fn find(&mut self, name: &str, nth: Option<u8>) -> Option<(u8, String)> {
        nth.map(|nth| (nth, name.to_owned()))
    }
    fn way(&mut self, (place, number): (String, i16)) -> Vec<(String, i16)> {
        vec![(place.clone(), number), (place + "!", number + 1)]
    }
    fn state(&mut self, state: State) -> State {
        match state {
            State::Moving(3) => State::Idle,
            _ => State::At { metres: 1.5, before: vec![("x".into(), 1)] },
        }
    }
    fn counts(&mut self, mut words: BTreeMap<String, u8>) -> BTreeMap<String, u8> {
        words.insert("more".into(), words.len() as u8);
        words
    }
    fn maybe(&mut self, at: Option<(i16, i16)>) -> Option<(i16, i16)> {
        at.map(|(x, y)| (y, x))
    }
    fn corners(&mut self, [a, b]: [String; 2]) -> [String; 2] {
        [b, a]
    }
    fn reflect(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }
    fn shout(&mut self, text: &str) -> String {
        text.to_uppercase()
    }
    fn widen(&mut self, a: i8, b: i16) -> f32 {
        f32::from(a) + f32::from(b) + 0.5
    }
    fn label(&mut self, text: &str) -> String {
        text.to_uppercase()
    }
    fn labels(&mut self, a: Label, b: Label) -> u8 {
        if a.text == "ab" { a.number + b.number } else { 0 }
    }
    fn set_color(&mut self, rgb: Vec<u8>) {
        self.heard.push(format!("b'{}'", rgb.escape_ascii()));
    }
    fn pose(&mut self, pose: Pose, by: i16) -> Pose {
        Pose { heading: pose.heading + by, ..pose }
    }
    fn log(&mut self, text: &str) {
        self.heard.push(format!("'{text}'"));
    }
    fn calibrate(&mut self, fast: bool) -> Result<Imu, Fault> {
        if fast { Err(Fault::Moving { speed: 3 }) } else { Ok(Imu { x: 1.0, y: 2.0, z: 3.0 }) }
    }
    fn nap(&mut self) -> u8 {
        self.alarm.recv().unwrap();
        7
    }
    fn patient(&mut self) -> u8 {
        8
    }
    fn r#yield(&mut self, r#in: u8, self_: u8) -> u8 {
        r#in + self_
    }
    fn register(&mut self) -> String {
        self.heard.join(", ")
    }
    fn store(&mut self, at: u32, data: &[u8]) -> u32 {
        at + data.len() as u32
    }
    fn load(&mut self, count: u8) -> Vec<u8> {
        (0..count).collect()
    }
    fn join(&mut self, a: &[u8], b: Vec<u8>) -> Vec<u8> {
        [a, &b].concat()
    }
    fn invert_chunk(&mut self, chunk: Chunk) -> Chunk {
        Chunk { at: !chunk.at, data: chunk.data.iter().map(|byte| !byte).collect() }
    }
    fn nest(&mut self, Nest { spot, pair: (a, b), mode }: Nest) -> Nest {
        Nest { spot: Spot { lit: !spot.lit, ..spot }, pair: (b, a), mode }
    }
    fn spots(&mut self, mut spots: Vec<Spot>) -> Vec<Spot> {
        spots.reverse();
        spots
    }
}

impl Spare for Rust {
    fn spare_sum(&mut self, numbers: (i32, i32)) -> i32 {
        numbers.0 + numbers.1
    }
}
