#[serialtalk::interface]
pub trait Robot {
    fn write(&mut self, block: [u8; Self::SIZE]);
    fn append(&mut self, block: heapless::Vec<u8, { 2 * Self::SIZE }>);
    fn read(&mut self) -> Option<[u8; Self::SIZE]>;
}

fn main() {}
