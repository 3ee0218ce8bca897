#[serialtalk::interface]
trait Robot {
    fn reset(&mut self) -> !;
}

fn main() {}
