#[serialtalk::interface]
trait Robot {
    #[command(oneway = true)]
    fn log(&mut self, text: &str);
}

fn main() {}
