//! What the derive accepts: fields with and without names, parameters, a lifetime, enums, nested.

use serialtalk::Value;

#[derive(Value)]
pub struct Pair<T>(pub T, pub T);

#[derive(Value)]
pub struct Bounded<T: Copy, const N: usize>
where
    T: PartialEq,
{
    pub all: [T; N],
    pub mode: Mode,
}

#[derive(Value)]
pub struct Meters(pub f32);

#[derive(Value)]
pub struct Nothing;

#[derive(Value)]
pub struct Label<'a, T> {
    pub text: &'a str,
    pub rest: Option<T>,
}

#[derive(Value, Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum Mode {
    Off,
    On = 7,
}

#[derive(Value)]
#[repr(i16)]
pub enum Signed {
    Low = -300,
    High = 300,
}

#[derive(Value)]
pub enum State<T> {
    Idle,
    Moving(T, Mode),
    At { x: f32, y: f32 },
}

#[serialtalk::interface]
pub trait Robot {
    fn pair(&mut self, pair: Pair<Mode>) -> Pair<Meters>;
    fn bounded(&mut self, all: Bounded<u16, 3>) -> Signed;
    fn label(&mut self, label: Label<'_, u8>) -> State<u8>;
    fn nothing(&mut self) -> Nothing;
}

fn main() {
    assert_eq!(ROBOT_INTERFACE.command("pair").unwrap().return_format, "2f");
    assert_eq!(ROBOT_INTERFACE.command("bounded").unwrap().format, "3HB");
    assert_eq!(ROBOT_INTERFACE.command("bounded").unwrap().return_format, "h");
    assert_eq!(ROBOT_INTERFACE.command("label").unwrap().format, "repr");
}
