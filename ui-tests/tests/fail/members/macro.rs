macro_rules! command {
    ($name:ident) => {
        fn $name(&mut self);
    };
}

#[serialtalk::interface]
trait Robot {
    command!(read);
}

fn main() {}
