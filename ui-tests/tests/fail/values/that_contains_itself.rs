#[derive(serialtalk::Value)]
pub struct Node {
    pub value: u8,
    pub next: Option<Box<Node>>,
}

#[derive(serialtalk::Value)]
pub enum Tree<T> {
    Leaf(T),
    Branch(Vec<(u8, self::Tree<T>)>),
}

#[derive(serialtalk::Value)]
pub struct List(pub Vec<Self>);

#[serialtalk::interface]
pub trait Robot {
    fn first(&mut self, node: Node) -> Tree<u8>;
    fn list(&mut self) -> List;
}

fn main() {}
