#[serialtalk::interface]
trait Robot {
    #[command(oneway, oneway)]
    fn log(&mut self, text: &str);
}

fn main() {}
