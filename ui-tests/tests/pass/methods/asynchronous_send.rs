//! With `send`, the futures are `Send`.

#[serialtalk::interface(send)]
pub trait Robot: Send {
    async fn drive(&mut self, speed: i8) -> u16;
    async fn log(&mut self, text: &str);
}

struct Board;

impl Robot for Board {
    async fn drive(&mut self, speed: i8) -> u16 {
        speed.unsigned_abs().into()
    }
    async fn log(&mut self, _: &str) {}
}

fn sent<F: Future + Send>(_: F) {}

pub fn generic<T: Robot>(robot: &mut T) {
    sent(robot.drive(1));
    sent(robot.log("x"));
}

fn main() {
    generic(&mut Board);
}
