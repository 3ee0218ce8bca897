#[serialtalk::interface]
trait Robot {
    fn log(&mut self, text: str);
}

fn main() {}
