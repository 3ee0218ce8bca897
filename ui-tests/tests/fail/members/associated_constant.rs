#[serialtalk::interface]
trait Robot {
    const SPEED: u8;
}

fn main() {}
