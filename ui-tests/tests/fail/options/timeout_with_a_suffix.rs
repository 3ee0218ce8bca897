#[serialtalk::interface]
trait Robot {
    #[command(timeout_ms = 5s)]
    fn read(&mut self) -> u8;
    #[command(timeout_ms = 5000u32, idempotent)]
    fn calibrate(&mut self);
}

fn main() {}
