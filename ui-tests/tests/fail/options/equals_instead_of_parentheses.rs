#[serialtalk::interface]
trait Robot {
    #[command = "set color"]
    fn set_color(&mut self, rgb: [u8; 3]);
}

fn main() {}
