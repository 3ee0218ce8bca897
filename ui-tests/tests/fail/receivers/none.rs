#[serialtalk::interface]
trait Robot {
    fn read() -> u8;
}

fn main() {}
