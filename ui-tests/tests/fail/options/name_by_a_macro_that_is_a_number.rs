macro_rules! named {
    ($name:expr) => {
        #[serialtalk::interface]
        trait Robot {
            #[command(name = $name, idempotent)]
            fn read(&mut self) -> u8;
        }
    };
}

named!(5);

fn main() {}
