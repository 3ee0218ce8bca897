#[derive(serialtalk::Value)]
pub struct Name<'a>(&'a str);

#[serialtalk::interface]
trait Robot {
    fn log(&mut self, name: Name<'static>);
}

fn main() {}
