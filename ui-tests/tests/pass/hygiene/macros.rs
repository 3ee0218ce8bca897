//! Macros of the user's that are called like those which generated code uses.
#![deny(warnings)]
#![allow(unused_macros)]

macro_rules! not_ours {
    ($($name:ident)+) => { $(macro_rules! $name { () => {} })+ };
}

not_ours! {
    assert compile_error concat matches panic stringify vec
    clients command_info give if_async list need_async need_postcard reply server services take
}

#[derive(serialtalk::Value, Debug)]
pub struct Imu {
    pub x: f32,
}

#[derive(serialtalk::Value, Debug)]
pub enum Fault {
    Tilted,
    Moving(u8),
}

#[serialtalk::interface(module = "arm")]
pub trait Robot {
    /// Has documentation.
    #[doc = std::concat!("In two", " lines.")]
    fn imu(&mut self, speed: f32, name: &str) -> Imu;
    async fn calibrate(&mut self) -> Result<Imu, Fault>;
}

fn main() {
    assert_eq!(serialtalk::args![1u8], serialtalk::args![1u8]);
}
