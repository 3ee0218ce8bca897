#[serialtalk::interface]
pub trait Robot {
    fn read(&mut self) -> u8;
}

async fn by_new(talk: ()) -> u8 {
    let mut robot = RobotAsyncClient::new(talk);
    robot.read().await
}

async fn by_connecting(talk: ()) -> u8 {
    let mut robot = RobotClient::connect_async(talk).await;
    robot.read().await
}

fn main() {}
