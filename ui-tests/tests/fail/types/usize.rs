#[serialtalk::interface]
trait Robot {
    fn read(&mut self, n: usize) -> u8;
}

fn main() {}
