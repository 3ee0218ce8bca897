//! The programs of a simulation, as tasks.

use alloc::sync::Arc;
use core::cell::{Cell, RefCell};
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use super::world::World;

/// Runs tasks one at a time, in the order in which they are woken, and moves the time on when none is to run.
pub(super) struct Tasks {
    pub(super) world: Arc<World>,
    /// By number; `None` while one is polled, and once it has ended.
    tasks: RefCell<Vec<Option<Task>>>,
    is_running: Cell<bool>,
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
}

/// The number of the future that [`Tasks::run`] runs.
const MAIN: usize = usize::MAX;

impl Tasks {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world, tasks: RefCell::default(), is_running: Cell::new(false) }
    }

    pub(super) fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let mut tasks = self.tasks.borrow_mut();
        let waker = self.world.waker(tasks.len());
        waker.wake_by_ref();
        tasks.push(Some(Task { future: Box::pin(future), waker }));
    }

    /// Runs a future, and the tasks meanwhile, until it is done.
    pub(super) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        assert!(!self.is_running.replace(true), "{NESTED}");
        let _running = Running(&self.is_running);
        let mut future = pin!(future);
        let waker = self.world.waker(MAIN);
        waker.wake_by_ref();
        loop {
            match self.world.next_ready() {
                Some(MAIN) => {
                    if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                        return value;
                    }
                }
                Some(task) => self.poll(task),
                None => assert!(self.world.advance(), "{NOTHING_LEFT}"),
            }
        }
    }

    pub(super) fn end(&self) {
        let tasks = self.tasks.take();
        // Dropping one may wake others, or end a program that spawns.
        drop(tasks);
    }

    fn poll(&self, number: usize) {
        let task = self.tasks.borrow_mut().get_mut(number).and_then(Option::take);
        let Some(mut task) = task else { return };
        let poll = task.future.as_mut().poll(&mut Context::from_waker(&task.waker));
        if poll.is_pending()
            && let Some(place) = self.tasks.borrow_mut().get_mut(number)
        {
            *place = Some(task);
        }
    }
}

pub(super) const NESTED: &str = "a program of a simulation waits without `await`, so that no other could run: only the test may do that, by \
     `Simulation::blocking`, `block_on` and `run_for`";

const NOTHING_LEFT: &str = "every program of the simulation waits for another one: nothing would ever happen";

/// While it is there, the tasks run.
struct Running<'t>(&'t Cell<bool>);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
