#[derive(serde::Serialize, serde::Deserialize)]
pub struct Color(u8, u8, u8);

#[serialtalk::interface]
trait Robot {
    fn color(&mut self) -> Color;
}

fn main() {}
