//! Methods that differ in capitals only, and methods that are called what clients inherit from traits.
#![deny(warnings)]

#[serialtalk::interface]
pub trait Robot {
    fn set_a(&mut self, block: &[u8]);
    #[allow(non_snake_case)]
    fn set_A(&mut self, value: u8);
    fn set_b(&mut self);
    #[allow(non_snake_case)]
    fn set_B(&mut self, block: &[u8]);
}

#[serialtalk::interface]
pub trait Inherited {
    fn borrow(&mut self) -> u8;
    fn call(&mut self, name: &str);
    fn call_with(&mut self);
    fn drop(&mut self);
    fn fmt(&self) -> u8;
    fn from(&mut self, value: u8);
    fn into(&mut self);
    fn main(&self);
    fn ready(&mut self);
    fn union(&mut self, auto: u8, default: u8, macro_rules: u8, raw: u8, safe: u8);
}

fn main() {
    assert_eq!(RobotClient::SET_A_MAX, RobotClient::SET_B_MAX);
}
