#[serialtalk::interface]
trait Robot {
    #[command(format = "< i f")]
    fn set(&mut self, a: i32, b: f32);
}

fn main() {}
