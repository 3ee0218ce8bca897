//! `async` methods, alone and among others; every interface has an async client.

use serialtalk::{AsyncCaller, CallError};

#[serialtalk::interface]
#[allow(async_fn_in_trait)]
pub trait Robot {
    async fn drive(&mut self, text: &str) -> u16;
    async fn weigh(&mut self) -> Result<f32, u8>;
    fn stop(&mut self);
}

struct Board;

impl Robot for Board {
    async fn drive(&mut self, text: &str) -> u16 {
        core::future::ready(text.len() as u16).await
    }
    async fn weigh(&mut self) -> Result<f32, u8> {
        Err(1)
    }
    fn stop(&mut self) {}
}

fn served(_: impl serialtalk::AsyncService) {}

pub async fn host<C: AsyncCaller>(caller: C) -> Result<u16, CallError<C::Error>> {
    let mut robot = RobotAsyncClient::new(caller);
    robot.stop().await?;
    robot.drive("home").await
}

fn main() {
    served(RobotServer::new(Board));
}
