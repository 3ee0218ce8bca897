#[serialtalk::interface]
trait Robot {
    #[command(name = "read")]
    fn read_all(&mut self) -> u8;
    fn read(&mut self) -> u8;
}

fn main() {}
