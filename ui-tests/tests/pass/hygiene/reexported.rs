//! The option `crate` names the path of serialtalk, as in a library that re-exports it.

mod wire {
    pub use serialtalk::*;
}

#[derive(wire::Value, Debug)]
#[value(crate = crate::wire)]
pub struct Imu {
    pub x: f32,
}

#[wire::interface(crate = crate::wire, prefix = "a ")]
pub trait Robot {
    fn imu(&mut self) -> Imu;
}

fn main() {
    assert_eq!(ROBOT_INTERFACE.commands[0].return_format, "f");
}
