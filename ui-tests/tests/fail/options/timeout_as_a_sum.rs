#[serialtalk::interface]
trait Robot {
    #[command(timeout_ms = 2 * 1000)]
    fn read(&mut self) -> u8;
}

fn main() {}
