#[serialtalk::interface]
pub trait Robot {
    fn drive(&mut self, speed: u8, speed: u16) -> u8;
}

fn main() {}
