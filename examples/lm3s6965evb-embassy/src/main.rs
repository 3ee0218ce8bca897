//! A robot on the first UART, served by one task, while another one blinks.
#![no_std]
#![no_main]

mod board;

use board::{Lm3s6965, Uart};
use embassy_executor::Spawner;
use embassy_time::{Duration, Instant, Ticker, Timer};
use onboard::{Checks, Chip as _, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, HostAsyncClient, RobotServer};
use serialtalk::{AsyncSerialTalk, Timeout};

/// How long the lamp was left alone.
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
    let mut talk = AsyncSerialTalk::new_async(uart, clock)
        .serve(DiagnosisServer::new(Checks::new(Lm3s6965, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs the frame that it was in; the host hears nothing, or of what the board could not read.
        talk.process().await.ok();
        if let Some(shown) = talk.service_mut().1.inner_mut().take_shown() {
            HostAsyncClient::new(&mut talk).log(&shown).await.ok();
        }
        if talk.service_mut().0.1.inner_mut().take_question() {
            let uptime = HostAsyncClient::new(&mut talk).within(Timeout::Ms(200)).uptime().await;
            talk.service_mut().0.1.inner_mut().hear(uptime.ok());
        }
    }
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
