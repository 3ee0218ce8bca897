#[serialtalk::interface]
trait Robot {
    #[command(name = "größe")]
    fn size(&mut self) -> u8;
}

fn main() {}
