#[serialtalk::interface]
trait Robot {
    fn log<'a>(&mut self, text: &'a str);
}

fn main() {}
