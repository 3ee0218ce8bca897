pub struct Color(u8, u8, u8);

#[serialtalk::interface]
trait Robot {
    fn read(&mut self, n: usize) -> u8;
    fn b(&mut self);
    fn back(&mut self);
    #[command(format = "<if")]
    fn set(&mut self, a: i32, b: f32, c: u8);
    #[command(oneway, fast)]
    fn log(&mut self, text: &'static str) -> u8;
    fn color(&mut self) -> Color;
}

fn main() {}
