//! The trait may require that implementors can be moved between threads.

#[serialtalk::interface]
pub trait Robot: Send + Sync + Unpin + 'static {
    fn reset(&mut self);
}

#[serialtalk::interface]
trait Mobile: Send {
    fn drive(&mut self, speed: i8);
}

fn sent<T: Send>(server: RobotServer<T>) -> impl Send {
    server
}

struct Board;

impl Robot for Board {
    fn reset(&mut self) {}
}

impl Mobile for Board {
    fn drive(&mut self, _: i8) {}
}

fn main() {
    std::thread::spawn(|| drop(sent(RobotServer::new(Board)))).join().unwrap();
    MobileServer::new(&mut Board).inner_mut().drive(1);
}
