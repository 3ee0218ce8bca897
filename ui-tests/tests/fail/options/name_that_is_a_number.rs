#[serialtalk::interface]
trait Robot {
    #[command(name = 7)]
    fn log(&mut self, text: &str);
}

fn main() {}
