#[serialtalk::interface]
trait Robot {
    fn log(&mut self, text: &'static str);
}

fn main() {}
