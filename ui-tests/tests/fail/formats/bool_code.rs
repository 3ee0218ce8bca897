#[serialtalk::interface]
trait Robot {
    #[command(format = "?")]
    fn set(&mut self, on: bool);
}

fn main() {}
