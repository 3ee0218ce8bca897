#[serialtalk::interface]
trait Robot {
    fn read(&mut self, #[cfg(unix)] number: u8);
}

fn main() {}
