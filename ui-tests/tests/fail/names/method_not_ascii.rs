#[serialtalk::interface]
trait Robot {
    fn größe(&mut self) -> u8;
}

fn main() {}
