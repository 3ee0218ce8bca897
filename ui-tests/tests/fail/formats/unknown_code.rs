#[serialtalk::interface]
trait Robot {
    #[command(format = "y")]
    fn set(&mut self, n: i32);
}

fn main() {}
