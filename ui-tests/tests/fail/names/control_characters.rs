#[serialtalk::interface(prefix = "arm\t", module = "arm\0")]
trait Robot {
    #[command(name = "\u{7f}")]
    fn delete(&mut self);
}

fn main() {}
