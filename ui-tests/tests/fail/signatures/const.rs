#[serialtalk::interface]
trait Robot {
    const fn read(&mut self) -> u8;
}

fn main() {}
