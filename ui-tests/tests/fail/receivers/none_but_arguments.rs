#[serialtalk::interface]
trait Robot {
    fn read(number: u8) -> u8;
}

fn main() {}
