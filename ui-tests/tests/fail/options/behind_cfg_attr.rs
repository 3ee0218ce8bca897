#[serialtalk::interface]
trait Robot {
    #[cfg_attr(unix, command(oneway))]
    fn log(&mut self, text: &str);
}

fn main() {}
