//! The levels of lints on a trait, a method, an argument, a type or a field hold for what is made of them. An expectation is
//! met where it was written, and nowhere else.
#![deny(warnings, unused_qualifications)]

#[deprecated]
#[derive(serialtalk::Value, Debug, Clone, Copy)]
pub struct Old(pub u8);

#[derive(serialtalk::Value, Debug)]
#[allow(non_snake_case)]
pub struct Imu {
    pub accelX: f32,
    #[allow(unused_qualifications)]
    pub name: std::string::String,
    #[allow(deprecated)]
    pub old: Old,
}

#[derive(serialtalk::Value, Debug)]
#[expect(non_camel_case_types)]
pub enum State {
    idle,
    #[allow(deprecated)]
    Moving(Old),
    At {
        #[expect(deprecated)]
        old: Old,
    },
}

#[serialtalk::interface]
pub trait Robot {
    #[allow(non_snake_case)]
    fn setColor(&mut self, hue: u16, Brightness: u8);
    #[expect(non_snake_case)]
    fn getColor(&mut self) -> u16;
    #[cfg_attr(all(), expect(non_snake_case))]
    fn resetColor(&mut self);
    #[expect(deprecated, reason = "peers of last year know no other")]
    fn old(&mut self, old: Old) -> Result<Old, Old>;
    fn name(&mut self, #[allow(unused_qualifications)] name: std::string::String);
    fn rename(&mut self, #[expect(unused_qualifications)] name: std::string::String);
    #[deprecated]
    async fn gone(&mut self);
}

#[serialtalk::interface]
#[allow(non_snake_case, deprecated)]
pub trait Lamp {
    fn setHue(&mut self, Hue: u16, old: Old);
}

#[serialtalk::interface]
#[expect(non_camel_case_types)]
pub trait torch {
    fn set(&mut self);
}

#[deprecated]
#[serialtalk::interface]
pub trait Gone {
    #[allow(clippy::all)]
    fn set(&mut self, a: u8) -> u8;
    async fn wait(&mut self);
}

#[serialtalk::interface]
#[deprecated]
#[expect(unused_qualifications)]
pub trait Left {
    #[warn(unused_qualifications)]
    fn short(&mut self, name: String);
    fn set(&mut self, name: std::string::String) -> std::result::Result<u8, std::string::String>;
}

fn main() {}
