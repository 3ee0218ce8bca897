#[serialtalk::interface]
trait Robot {
    #[command(timeout_ms = 4_000_000_000)]
    fn read(&mut self) -> u8;
}

fn main() {}
