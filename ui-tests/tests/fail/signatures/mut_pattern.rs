#[serialtalk::interface]
trait Robot {
    fn read(&mut self, mut number: u8);
}

fn main() {}
