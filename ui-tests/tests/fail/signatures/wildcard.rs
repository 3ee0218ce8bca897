#[serialtalk::interface]
trait Robot {
    fn read(&mut self, _: u8);
}

fn main() {}
