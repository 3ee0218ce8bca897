use std::time::Duration;

#[derive(serialtalk::Value)]
pub struct Names {
    pub all: Box<[String]>,
    pub by_number: std::collections::HashMap<u8, Box<str>>,
}

#[serialtalk::interface]
pub trait Robot {
    fn wait(&mut self, time: std::time::Duration) -> Option<std::rc::Rc<Names>>;
    fn say(&mut self, text: Box<str>) -> Box<[u8]>;
    fn range(&mut self, range: core::ops::Range<u8>, name: std::borrow::Cow<'_, str>);
    fn set(&mut self, set: std::collections::HashSet<u16>, path: std::path::PathBuf);
    fn imported(&mut self, time: Duration);
}

fn main() {}
