#[serialtalk::interface]
trait Robot {
    #[command(format = "B")]
    fn read(&mut self) -> u8;
}

fn main() {}
