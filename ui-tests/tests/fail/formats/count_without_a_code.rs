#[serialtalk::interface]
trait Robot {
    #[command(format = "B3")]
    fn set(&mut self, n: u8);
}

fn main() {}
