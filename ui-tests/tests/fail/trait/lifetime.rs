#[serialtalk::interface]
pub trait Robot<'a> {
    fn show(&mut self, text: &'a str);
}

fn main() {}
