#[derive(serialtalk::Value)]
pub struct Name<'a>(&'a str);

#[serialtalk::interface]
trait Robot {
    fn name(&self) -> Name<'_>;
}

fn main() {}
