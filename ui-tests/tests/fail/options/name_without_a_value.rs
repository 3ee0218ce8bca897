#[serialtalk::interface]
trait Robot {
    #[command(name)]
    fn log(&mut self, text: &str);
}

fn main() {}
