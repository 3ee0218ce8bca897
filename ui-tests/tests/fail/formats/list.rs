#[serialtalk::interface]
trait Robot {
    #[command(returns = "4B")]
    fn read(&mut self) -> Vec<u8>;
}

fn main() {}
