#[serialtalk::interface]
trait Robot {
    fn download(&mut self) -> [u8; 250];
}

fn main() {}
