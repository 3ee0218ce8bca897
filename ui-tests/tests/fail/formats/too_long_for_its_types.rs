#[serialtalk::interface]
trait Robot {
    #[command(format = "255s")]
    fn upload(&mut self, block: u8);
    #[command(returns = "300B")]
    fn read(&mut self) -> u8;
}

fn main() {}
