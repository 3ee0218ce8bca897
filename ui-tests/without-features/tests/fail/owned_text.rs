#[serialtalk::interface]
pub trait Robot {
    fn say(&mut self, text: std::string::String) -> Vec<u8>;
}

fn main() {}
