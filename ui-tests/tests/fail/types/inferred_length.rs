#[serialtalk::interface]
pub trait Robot {
    fn write(&mut self, block: [u8; _]);
    fn read(&mut self) -> [u8; _];
}

fn main() {}
