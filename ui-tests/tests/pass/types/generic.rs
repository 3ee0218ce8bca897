//! Types with parameters, bounds and odd forms.
#![deny(warnings)]

use core::fmt::Debug;

#[derive(serialtalk::Value, Debug, Clone)]
pub struct Both<T: Debug = u8, const N: usize = 3>
where
    T: Clone,
{
    pub list: [T; N],
    pub one: T,
}

#[derive(serialtalk::Value, Debug)]
pub struct Borrowed<'decoder, T>(pub &'decoder str, pub T)
where
    T: Debug;

#[derive(serialtalk::Value, Debug)]
pub enum Choice<E, T, D>
where
    E: Copy,
{
    E(E),
    T { t: T },
    D(D, D),
    None,
}

#[derive(serialtalk::Value, Debug)]
pub struct Unit;

#[derive(serialtalk::Value, Debug)]
pub struct Braces {}

#[derive(serialtalk::Value, Debug)]
pub struct Parentheses();

#[derive(serialtalk::Value, Debug)]
#[repr(C, align(8))]
pub struct Aligned {
    pub a: u8,
    pub b: Option<Both<u8, 2>>,
}

pub trait Sensor {
    type Value;
    const CHANNELS: usize;
}

pub struct Gyro;

impl Sensor for Gyro {
    type Value = u16;
    const CHANNELS: usize = 4;
}

#[serialtalk::interface]
pub trait Robot {
    fn read(&mut self, both: Both<u16, 2>, borrowed: Borrowed<'_, u8>) -> Result<Both, Choice<u8, u8, Both>>;
    fn empty(&mut self, unit: Unit, braces: Braces, parentheses: Parentheses) -> Aligned;
    fn gyro(&mut self, values: [<Gyro as Sensor>::Value; Gyro::CHANNELS]) -> <Gyro as Sensor>::Value;
}

fn main() {
    assert_eq!(ROBOT_INTERFACE.command("gyro").unwrap().format, "4H");
}
