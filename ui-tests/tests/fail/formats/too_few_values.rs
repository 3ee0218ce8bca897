#[serialtalk::interface]
trait Robot {
    #[command(format = "<if")]
    fn set(&mut self, a: i32, b: f32, c: u8);
}

fn main() {}
