#[serialtalk::interface(contract)]
pub trait Robot {
    fn stop(&mut self);
}

fn main() {}
