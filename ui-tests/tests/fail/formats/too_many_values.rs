#[serialtalk::interface]
trait Robot {
    #[command(format = "3f")]
    fn set(&mut self, a: f32, b: f32);
}

fn main() {}
