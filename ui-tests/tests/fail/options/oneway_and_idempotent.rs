#[serialtalk::interface]
trait Robot {
    #[command(oneway, idempotent)]
    fn log(&mut self, text: &str);
}

fn main() {}
