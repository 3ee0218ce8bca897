use serialtalk::Service;

#[serialtalk::interface]
trait Robot {
    async fn read(&mut self) -> u8;
}

struct Board;

impl Robot for Board {
    async fn read(&mut self) -> u8 {
        0
    }
}

fn serve(_service: impl Service) {}

fn main() {
    serve(RobotServer::new(Board));
}
