#[serialtalk::interface]
trait Robot {
    fn read(self: Box<Self>) -> u8;
}

fn main() {}
