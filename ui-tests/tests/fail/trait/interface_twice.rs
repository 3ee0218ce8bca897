#[serialtalk::interface(prefix = "arm.")]
#[serialtalk::interface]
pub trait Robot {
    fn read(&mut self) -> u8;
}

fn main() {}
