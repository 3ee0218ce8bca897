#[serialtalk::interface]
trait Robot<T> {
    fn read(&mut self) -> u8;
}

fn main() {}
