//! The clock of a simulation.

use alloc::sync::Arc;
use core::fmt;
use core::future::poll_fn;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use core::time::Duration;

use serialtalk::Clock;

use super::world::World;

/// The clock of a [`Simulation`](super::Simulation). Clones of it are the same clock.
#[derive(Clone)]
pub struct VirtualClock {
    world: Arc<World>,
}

impl VirtualClock {
    pub(super) fn of(world: Arc<World>) -> Self {
        Self { world }
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    /// The time since the simulation was made.
    pub fn elapsed(&self) -> Duration {
        self.world.now()
    }

    /// Resolves once `time` is over, counted from when it is first polled.
    pub async fn sleep(&self, time: Duration) {
        self.sleep_until(self.elapsed().saturating_add(time)).await;
    }

    /// Resolves once so much time has elapsed since the simulation was made.
    pub async fn sleep_until(&self, elapsed: Duration) {
        Sleep { world: &self.world, until: elapsed, alarm: None }.await;
    }

    /// Awaits `work` at most so long. Resolves to `None` if it takes longer.
    pub async fn within<T>(&self, limit: Duration, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        let mut limit = pin!(self.sleep(limit));
        poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => limit.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}

impl Clock for VirtualClock {
    /// Wraps around after 49 days, as every [`Clock`] does.
    fn now(&self) -> u32 {
        self.elapsed().as_millis() as u32
    }
}

impl fmt::Debug for VirtualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualClock").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

/// Resolves at a moment.
struct Sleep<'w> {
    world: &'w World,
    until: Duration,
    alarm: Option<u64>,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.world.now() >= self.until {
            return Poll::Ready(());
        }
        self.alarm = Some(self.world.set_alarm(self.until, self.alarm, context.waker()));
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        if let Some(alarm) = self.alarm {
            self.world.cancel_alarm(self.until, alarm);
        }
    }
}
