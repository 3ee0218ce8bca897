#[serialtalk::interface]
trait Robot {
    fn connect(&mut self, name: &str);
}

fn main() {}
