#[serialtalk::interface]
trait Robot {
    #[command(repr, returns = "f")]
    fn read(&mut self) -> f32;
}

fn main() {}
