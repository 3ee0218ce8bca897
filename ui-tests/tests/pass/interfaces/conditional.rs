//! `cfg` wherever it may stand.
#![deny(warnings)]

#[cfg(not(any()))]
#[serialtalk::interface]
#[cfg(not(any()))]
pub trait Robot {
    #[cfg(any())]
    fn gone(&mut self, value: Nothing) -> Nothing;
    #[cfg(any())]
    #[command(oneway)]
    fn twice(&mut self, value: u8);
    #[cfg(not(any()))]
    fn twice(&mut self, other: u16) -> u16;
    #[cfg_attr(all(), doc = "For rustdoc.", allow(non_snake_case))]
    #[cfg_attr(any(), deprecated)]
    fn readAll(&self, State: State) -> Reading;
    #[cfg(not(any()))]
    #[cfg(not(any(any())))]
    async fn both(&self) -> u8;
}

#[cfg(any())]
#[serialtalk::interface]
pub trait Before {
    fn gone(&mut self, value: Nothing) -> Nothing;
}

#[serialtalk::interface]
#[cfg(any())]
pub trait After {
    fn gone(&mut self, value: Nothing) -> Nothing;
}

#[serialtalk::interface]
pub trait Inside {
    #![cfg(not(any()))]
    //! In the braces.
    fn read(&mut self) -> u8;
}

#[cfg_attr(all(), serialtalk::interface)]
pub trait Attribute {
    fn read(&mut self) -> u8;
}

#[derive(serialtalk::Value, Debug)]
pub struct Reading {
    #[cfg(any())]
    gone: Nothing,
    value: u8,
}

#[derive(serialtalk::Value, Debug)]
pub enum State {
    #[cfg(any())]
    Gone(Nothing),
    #[cfg(not(any()))]
    Here(u8),
    Moving {
        #[cfg(any())]
        gone: Nothing,
        speed: u8,
    },
    At(#[cfg(any())] Nothing, u8),
}

#[cfg_attr(all(), derive(serialtalk::Value, Debug))]
#[cfg_attr(all(), repr(i8))]
pub enum Mode {
    #[cfg(any())]
    Gone,
    On = -2,
}

fn main() {
    println!("{:?} {:?}", Reading { value: 1 }, Mode::On);
    assert_eq!(ROBOT_INTERFACE.commands.len(), 3);
}
