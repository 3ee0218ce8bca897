#[serialtalk::interface]
trait Robot {
    #[command(timeout_ms = 0)]
    fn read(&mut self) -> u8;
}

fn main() {}
