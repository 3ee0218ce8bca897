#[serialtalk::interface]
trait Robot {
    #[command(name = "a")]
    #[command(name = "b")]
    fn log(&mut self, text: &str);
}

fn main() {}
