#[serialtalk::interface]
trait Robot {
    #[command(returns = "f")]
    fn read(&mut self) -> (f32, f32);
}

fn main() {}
