#[serialtalk::interface(crate = crate::nope)]
pub trait Robot {
    fn read(&mut self) -> u8;
}

#[derive(serialtalk::Value)]
#[value(crate = crate::nowhere)]
pub struct Imu {
    pub x: f32,
}

fn main() {}
