#[serialtalk::interface]
trait Robot {
    #[command(oneway)]
    const SPEED: u8;
}

fn main() {}
