//! Virtual time, and the tasks that wait for it.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::sync::Arc;
use alloc::task::Wake;
use core::pin::{Pin, pin};
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs tasks one at a time, in the order in which they are woken, and moves the time on when none is to run.
#[derive(Default)]
pub(super) struct World {
    schedule: Mutex<Schedule>,
    /// By number; `None` while one is polled, and once it has ended.
    tasks: Mutex<Vec<Option<Task>>>,
    ready: Arc<Ready>,
    is_running: AtomicBool,
}

/// The time, and who is to be woken when.
#[derive(Default)]
struct Schedule {
    now: Duration,
    /// Moments are told apart by a number, so that of two equal ones the first comes first.
    alarms: BTreeMap<(Duration, u64), Waker>,
    next_number: u64,
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    waker: Waker,
}

/// The numbers of the tasks that are to be polled.
type Ready = Mutex<VecDeque<usize>>;

/// The number of the future that [`World::run`] runs.
const MAIN: usize = usize::MAX;

impl World {
    pub(super) fn now(&self) -> Duration {
        lock(&self.schedule).now
    }

    pub(super) fn is_running(&self) -> bool {
        self.is_running.load(Ordering::Relaxed)
    }

    pub(super) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = lock(&self.tasks);
        let waker = self.waker(tasks.len());
        waker.wake_by_ref();
        tasks.push(Some(Task { future: Box::pin(future), waker }));
    }

    /// Runs a future, and the tasks meanwhile, until it is done.
    pub(super) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        assert!(!self.is_running.swap(true, Ordering::Relaxed), "{NESTED}");
        let _running = Running(self);
        let mut future = pin!(future);
        let waker = self.waker(MAIN);
        waker.wake_by_ref();
        loop {
            match self.next_ready() {
                Some(MAIN) => {
                    if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                        return value;
                    }
                }
                Some(number) => self.poll_task(number),
                None => assert!(self.advance(), "{NOTHING_LEFT}"),
            }
        }
    }

    /// Wakes `waker` at a moment. `number` is what this has returned before, to change the waker of that alarm.
    pub(super) fn set_alarm(&self, at: Duration, number: Option<u64>, waker: &Waker) -> u64 {
        let mut schedule = lock(&self.schedule);
        let number = number.unwrap_or(schedule.next_number);
        schedule.next_number = schedule.next_number.max(number + 1);
        schedule.alarms.insert((at, number), waker.clone());
        number
    }

    pub(super) fn cancel_alarm(&self, at: Duration, number: u64) {
        lock(&self.schedule).alarms.remove(&(at, number));
    }

    pub(super) fn end_tasks(&self) {
        let tasks = core::mem::take(&mut *lock(&self.tasks));
        // Dropping one may wake others.
        drop(tasks);
    }

    fn waker(&self, number: usize) -> Waker {
        Arc::new(WakeTask { number, ready: Arc::clone(&self.ready) }).into()
    }

    fn next_ready(&self) -> Option<usize> {
        lock(&self.ready).pop_front()
    }

    fn poll_task(&self, number: usize) {
        let task = lock(&self.tasks).get_mut(number).and_then(Option::take);
        let Some(mut task) = task else { return };
        let poll = task.future.as_mut().poll(&mut Context::from_waker(&task.waker));
        if poll.is_pending()
            && let Some(place) = lock(&self.tasks).get_mut(number)
        {
            *place = Some(task);
        }
    }

    /// Jumps to the next alarm. Returns whether there is one.
    fn advance(&self) -> bool {
        let mut schedule = lock(&self.schedule);
        let Some(((at, _), waker)) = schedule.alarms.pop_first() else { return false };
        schedule.now = schedule.now.max(at);
        drop(schedule);
        waker.wake();
        true
    }
}

const NESTED: &str = "a program of a simulation waits without `await`, so that no other could run: only the test itself may block";

const NOTHING_LEFT: &str = "every program of the simulation waits for another one: nothing would ever happen";

/// While it is there, the world runs.
struct Running<'w>(&'w World);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.is_running.store(false, Ordering::Relaxed);
    }
}

struct WakeTask {
    number: usize,
    ready: Arc<Ready>,
}

impl Wake for WakeTask {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut ready = lock(&self.ready);
        if !ready.contains(&self.number) {
            ready.push_back(self.number);
        }
    }
}

/// Locks what only one thread uses, also after a panic.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
