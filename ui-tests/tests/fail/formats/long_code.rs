#[serialtalk::interface]
trait Robot {
    #[command(format = "<l")]
    fn set(&mut self, n: i32);
}

fn main() {}
