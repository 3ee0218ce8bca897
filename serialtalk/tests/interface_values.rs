//! Types that were made values by the derive.
#![cfg(all(feature = "alloc", feature = "repr"))]
use serialtalk::{Encode, Value};

#[derive(Value, Debug, Clone, Copy, PartialEq)]
struct Imu {
    x: f32,
    y: f32,
    z: f32,
}
#[derive(Value, Debug, Clone, PartialEq)]
struct Pair<T>(T, T);
#[derive(Value, Debug, Clone, PartialEq)]
struct Meters(f32);
#[derive(Value, Debug, Clone, PartialEq)]
struct Nothing;
#[derive(Value, Debug, Clone, PartialEq)]
struct Text<'a> {
    text: &'a str,
    more: Option<u8>,
}
#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
enum Mode {
    Off,
    On = 7,
    Fast,
}
#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(i16)]
enum Signed {
    Low = -300,
    High = 300,
}
#[derive(Value, Debug, Clone, PartialEq)]
enum State {
    Idle,
    Moving(u8),
    At { x: f32, y: f32 },
}

#[test]
fn the_fields_of_a_type_are_its_shape() {
    assert_eq!(Imu::SHAPE.format().as_str(), "3f");
    assert_eq!(Pair::<u8>::SHAPE.format().as_str(), "2B");
    assert_eq!(Meters::SHAPE.format().as_str(), "f");
    assert_eq!(Mode::SHAPE.format().as_str(), "B");
    assert_eq!(Signed::SHAPE.format().as_str(), "h");
    assert_eq!(State::SHAPE.encoding().as_str(), "repr");
}
