#[serialtalk::interface]
trait Robot {
    #[command(name = "")]
    fn read(&mut self) -> u8;
}

fn main() {}
