#[serialtalk::interface]
trait Robot {
    fn name(&mut self) -> std::rc::Rc<str>;
}

fn main() {}
