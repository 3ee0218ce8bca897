#[serialtalk::interface]
trait Robot {
    #[command(format("B"))]
    fn read(&mut self, n: u8) -> u8;
}

fn main() {}
