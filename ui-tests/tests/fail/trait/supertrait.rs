#[serialtalk::interface]
trait Robot: Send + std::fmt::Debug {
    fn read(&mut self) -> u8;
}

fn main() {}
