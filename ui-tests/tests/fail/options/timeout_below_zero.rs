macro_rules! with_timeout {
    ($ms:expr) => {
        #[serialtalk::interface]
        trait Arm {
            #[command(timeout_ms = $ms)]
            fn grip(&mut self);
        }
    };
}

with_timeout!(-5);

#[serialtalk::interface]
trait Robot {
    #[command(timeout_ms = -1)]
    fn read(&mut self) -> u8;
}

fn main() {}
