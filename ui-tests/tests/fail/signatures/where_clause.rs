#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8
    where
        Self: Sized;
}

fn main() {}
