#[serialtalk::interface]
trait Robot {
    fn name(&self) -> &str;
}

fn main() {}
