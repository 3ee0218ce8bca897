#[serialtalk::interface]
trait Robot {
    #[command(oneway)]
    fn start(&mut self) -> Result<(), u8>;
}

fn main() {}
