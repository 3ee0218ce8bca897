#[serialtalk::interface]
trait Robot {
    fn name(&self) -> Option<&str>;
}

fn main() {}
