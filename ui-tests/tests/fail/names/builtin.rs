#[serialtalk::interface]
trait Robot {
    fn echo(&mut self, text: &str);
}

fn main() {}
