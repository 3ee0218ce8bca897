use serialtalk::Service;

#[serialtalk::interface]
trait Robot {
    fn read(&mut self) -> u8;
}

struct Board;

fn serve(_service: impl Service) {}

fn main() {
    serve(RobotServer::new(Board));
}
