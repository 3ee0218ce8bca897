#[serialtalk::interface]
trait Robot where Self: Clone {
    fn read(&mut self) -> u8;
}

fn main() {}
