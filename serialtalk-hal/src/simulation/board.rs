//! A board that can reboot and hang.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::Mutex;

use super::end::LineEnd;
use super::world::lock;

/// The switches of a board that was added by [`Simulation::board`](super::Simulation::board). Clones of it are the same board.
///
/// ```
/// use core::time::Duration;
/// use serialtalk::{Caller, Commands, SerialTalk};
/// use serialtalk_hal::simulation::{Line, Simulation};
///
/// let simulation = Simulation::new();
/// let (board, host) = simulation.line(Line::baud(9600));
/// let clock = simulation.clock();
/// let board = simulation.board(board, move |end| {
///     let clock = clock.clone();
///     async move {
///         let mut count = 0;
///         let mut commands = Commands::new();
///         commands.add("count", move || { count += 1; count }).unwrap();
///         let mut talk = SerialTalk::new(end, clock.clone()).serve(commands);
///         while talk.process().is_ok() {
///             clock.sleep(Duration::from_millis(1)).await;
///         }
///     }
/// });
///
/// let mut host = SerialTalk::new(simulation.blocking(host), simulation.clock());
/// assert_eq!(host.call::<u32>("count", ())?, 1);
/// board.reboot(Duration::from_millis(300));
/// assert!(host.call::<u32>("count", ()).unwrap_err().is_timeout()); // it boots
/// assert_eq!(host.call::<u32>("count", ())?, 1); // and has begun anew
/// board.hang(Duration::from_millis(1000));
/// assert_eq!(host.call::<u32>("count", ())?, 2); // late
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Board {
    end: LineEnd,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// How long the reboot takes that has been asked for.
    reboot: Option<Duration>,
    hangs_until: Duration,
    waker: Option<Waker>,
}

impl Board {
    pub(super) fn new(end: LineEnd) -> Self {
        Self { end, state: Arc::default() }
    }

    /// Reboots now. The program is dropped where it is, what is on its way to and from the board is lost, and so is what arrives
    /// until `boot` is over; then the program starts anew.
    pub fn reboot(&self, boot: Duration) {
        self.end.switch_off();
        self.change(|state| {
            state.reboot = Some(boot);
            state.hangs_until = Duration::ZERO;
        });
    }

    /// Hangs from now on for a time: the program does nothing, and reads nothing. What arrives meanwhile waits, as far as the line
    /// holds it.
    pub fn hang(&self, time: Duration) {
        let until = self.end.clock().elapsed().saturating_add(time);
        self.change(|state| state.hangs_until = until);
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = lock(&self.state);
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) async fn run<F: Future<Output = ()>>(self, mut program: impl FnMut(LineEnd) -> F) {
        loop {
            let boot = self.until_reboot(program(self.end.clone())).await;
            self.end.clock().sleep(boot).await;
            self.end.switch_on();
        }
    }

    /// Runs the program until a reboot is asked for, and returns how long that takes.
    async fn until_reboot(&self, program: impl Future<Output = ()>) -> Duration {
        let mut program = pin!(program);
        let mut has_ended = false;
        let mut alarm = None;
        poll_fn(|context: &mut Context<'_>| {
            let mut state = lock(&self.state);
            state.waker = Some(context.waker().clone());
            if let Some(boot) = state.reboot.take() {
                return Poll::Ready(boot);
            }
            let hangs_until = state.hangs_until;
            drop(state);
            if self.end.clock().elapsed() < hangs_until {
                let world = self.end.clock().world();
                alarm = Some(world.set_alarm(hangs_until, alarm, context.waker()));
            } else if !has_ended {
                has_ended = program.as_mut().poll(context).is_ready();
            }
            Poll::Pending
        })
        .await
    }
}
