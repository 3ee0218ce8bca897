//! A robot on the first UART, served by one task, while another one blinks.
#![no_std]
#![no_main]

mod board;

use board::{Lm3s6965, Uart};
use embassy_executor::Spawner;
use embassy_time::{Duration, Instant, Ticker, Timer};
use onboard::{Checks, Chip as _, HOST_MS, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, HostAsyncClient, RobotServer};
use serialtalk::{AsyncCaller, AsyncWithin, Timeout, asynch};

/// The longest delay of the task that blinks.
static GAP: LoopGap = LoopGap::new();

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let uart = board::start();
    spawner.spawn(talk(uart).unwrap());
    spawner.spawn(blink().unwrap());
}

#[embassy_executor::task]
async fn talk(uart: Uart) -> ! {
    let clock = (|| Instant::now().as_millis() as u32, |ms: u32| Timer::after_millis(ms.into()));
    let mut talk = asynch::SerialTalk::new(uart, clock)
        .serve(DiagnosisServer::new(Checks::new(Lm3s6965, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().await.ok();
        let robot: &mut OnboardRobot = talk.state();
        if let Some(shown) = robot.take_shown() {
            host(&mut talk).log(&shown).await.ok();
        }
        let checks: &mut Checks<Lm3s6965> = talk.state();
        if checks.take_question() {
            let uptime = host(&mut talk).uptime().await;
            let checks: &mut Checks<Lm3s6965> = talk.state();
            checks.hear(uptime.ok());
        }
    }
}

/// The host: no call takes longer than [`HOST_MS`], and the handlers that are run meanwhile.
fn host<C: AsyncCaller>(talk: &mut C) -> HostAsyncClient<AsyncWithin<'_, C>> {
    HostAsyncClient::new(talk.within(Timeout::Ms(HOST_MS)))
}

/// Blinks; a real board would switch a pin here.
#[embassy_executor::task]
async fn blink() -> ! {
    let mut ticker = Ticker::every(Duration::from_millis(10));
    loop {
        ticker.next().await;
        GAP.mark(Lm3s6965.micros());
    }
}
