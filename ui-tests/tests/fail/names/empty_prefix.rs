#[serialtalk::interface(prefix = "")]
trait Robot {
    fn read(&mut self) -> u8;
}

fn main() {}
