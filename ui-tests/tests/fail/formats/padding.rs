#[serialtalk::interface]
trait Robot {
    #[command(format = "Bi")]
    fn set(&mut self, a: u8, b: i32);
}

fn main() {}
