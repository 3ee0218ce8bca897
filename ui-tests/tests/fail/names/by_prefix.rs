#[serialtalk::interface(prefix = "enable ")]
trait Robot {
    fn repl(&mut self);
}

fn main() {}
