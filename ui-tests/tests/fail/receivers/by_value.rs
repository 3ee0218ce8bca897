#[serialtalk::interface]
trait Robot {
    fn read(self) -> u8;
}

fn main() {}
