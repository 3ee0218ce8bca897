#[serialtalk::interface]
trait Robot {
    #[command(returns = "B")]
    fn set(&mut self, n: u8);
}

fn main() {}
