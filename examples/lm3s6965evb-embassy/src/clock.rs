//! embassy's time as a clock.

use embassy_time::{Instant, Timer};
use serialtalk::{AsyncClock, Clock};

/// The same on every chip that embassy knows.
#[derive(Debug, Clone, Copy)]
pub struct EmbassyClock;

impl Clock for EmbassyClock {
    fn now(&self) -> u32 {
        Instant::now().as_millis() as u32
    }
}

impl AsyncClock for EmbassyClock {
    async fn wait(&self, ms: u32) {
        Timer::after_millis(ms.into()).await;
    }
}
