#[serialtalk::interface]
trait Robot {
    #[command(returns = "i")]
    fn read(&mut self) -> f32;
}

fn main() {}
