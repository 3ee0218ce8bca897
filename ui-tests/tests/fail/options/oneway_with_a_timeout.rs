#[serialtalk::interface]
trait Robot {
    #[command(oneway, timeout_ms = 5000)]
    fn log(&mut self, text: &str);
}

fn main() {}
