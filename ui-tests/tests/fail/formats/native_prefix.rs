#[serialtalk::interface]
trait Robot {
    #[command(format = "=i")]
    fn set(&mut self, n: i32);
}

fn main() {}
