#[serialtalk::interface(describe = "all")]
pub trait Robot {
    fn stop(&mut self);
}

fn main() {}
