#[serialtalk::interface]
trait Robot {
    #[command(oneway)]
    fn read(&mut self) -> u8;
}

fn main() {}
