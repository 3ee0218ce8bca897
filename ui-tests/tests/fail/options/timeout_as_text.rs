#[serialtalk::interface]
trait Robot {
    #[command(timeout_ms = "5 s")]
    fn read(&mut self) -> u8;
}

fn main() {}
