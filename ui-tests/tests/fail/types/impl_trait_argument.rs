#[serialtalk::interface]
trait Robot {
    fn log(&mut self, text: impl AsRef<str>);
}

fn main() {}
