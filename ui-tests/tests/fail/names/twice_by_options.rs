#[serialtalk::interface]
trait Robot {
    #[command(name = "get")]
    fn read(&mut self) -> u8;
    #[command(name = "get")]
    fn fetch(&mut self) -> u8;
}

fn main() {}
