#[serialtalk::interface]
trait Robot {
    #[command(returns = "")]
    fn read(&mut self) -> u8;
}

fn main() {}
