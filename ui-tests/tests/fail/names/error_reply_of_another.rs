#[serialtalk::interface]
trait Robot {
    #[command(name = "worker")]
    fn first(&mut self);
    #[command(name = "workererr")]
    fn second(&mut self);
}

fn main() {}
