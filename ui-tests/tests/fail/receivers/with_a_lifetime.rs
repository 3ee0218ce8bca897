#[serialtalk::interface]
trait Robot {
    fn read(&'static mut self) -> u8;
}

fn main() {}
