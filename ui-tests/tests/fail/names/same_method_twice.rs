#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
    fn read(&mut self, n: u8) -> u8;
}

fn main() {}
