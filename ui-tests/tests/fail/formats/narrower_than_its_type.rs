#[serialtalk::interface]
trait Robot {
    #[command(format = "b")]
    fn set(&mut self, n: i32);
}

fn main() {}
