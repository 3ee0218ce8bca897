#[serialtalk::interface]
trait Robot {
    fn point(&mut self, (x, y): (u8, u8));
}

fn main() {}
