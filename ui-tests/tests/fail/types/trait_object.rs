#[serialtalk::interface]
trait Robot {
    fn log(&mut self, text: &dyn std::fmt::Display);
}

fn main() {}
