#[serialtalk::interface]
trait Robot {
    fn list(&mut self) -> Box<dyn Fn()>;
}

fn main() {}
