#[serialtalk::interface]
trait Robot {
    fn list(&mut self) -> impl Iterator<Item = u8>;
}

fn main() {}
