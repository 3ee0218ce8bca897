//! Virtual time, and who waits for it.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::sync::Arc;
use alloc::task::Wake;
use core::task::Waker;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The time, who is to be woken when, and which tasks are to be polled now.
#[derive(Default)]
pub(super) struct World {
    schedule: Mutex<Schedule>,
    ready: Arc<Ready>,
}

#[derive(Default)]
struct Schedule {
    now: Duration,
    /// Equal moments are told apart by a number, so that the first one comes first.
    alarms: BTreeMap<(Duration, u64), Waker>,
    next_number: u64,
}

/// The numbers of tasks.
type Ready = Mutex<VecDeque<usize>>;

impl World {
    pub(super) fn now(&self) -> Duration {
        lock(&self.schedule).now
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

    /// Jumps to the next alarm. Returns whether there is one.
    pub(super) fn advance(&self) -> bool {
        let mut schedule = lock(&self.schedule);
        let Some(((at, _), waker)) = schedule.alarms.pop_first() else { return false };
        schedule.now = schedule.now.max(at);
        drop(schedule);
        waker.wake();
        true
    }

    /// What makes a task ready.
    pub(super) fn waker(&self, task: usize) -> Waker {
        Arc::new(WakeTask { task, ready: Arc::clone(&self.ready) }).into()
    }

    /// The task that has been ready for the longest time.
    pub(super) fn next_ready(&self) -> Option<usize> {
        lock(&self.ready).pop_front()
    }
}

struct WakeTask {
    task: usize,
    ready: Arc<Ready>,
}

impl Wake for WakeTask {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut ready = lock(&self.ready);
        if !ready.contains(&self.task) {
            ready.push_back(self.task);
        }
    }
}

/// Locks what is never locked for long, also after a panic.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
