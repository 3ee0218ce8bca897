#[serialtalk::interface]
trait Robot {
    #[command(timeout = 5000)]
    fn read(&mut self) -> u8;
}

fn main() {}
