#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
    fn write(&mut self, n: u8);
}

struct Board;

impl Robot for Board {
    fn read(&mut self) -> u8 {
        0
    }
}

fn main() {}
