#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8 {
        0
    }
}

fn main() {}
