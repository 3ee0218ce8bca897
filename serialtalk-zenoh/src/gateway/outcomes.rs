//! The calls of one board, by their ids: those that run, and what came of those that have run.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::reply::Answer;
use crate::LEASE_MS;
use crate::answer::Failure;
use crate::id::{CallId, Incarnation};
use crate::request::Request;

/// How many calls may wait for a board, beside the one that runs.
pub(super) const MAX_WAITING: usize = 32;

/// How many answers are kept for calls that are repeated.
const KEPT: usize = 32;

/// How many ids are remembered.
const MAX_IDS: usize = 1 << 17;

/// How long a call may be repeated that has no deadline, once it has ended.
const ENDLESS: Duration = Duration::from_secs(30);

/// The calls of one board. `W` is what waits for an answer.
pub(super) struct Outcomes<W> {
    /// The calls that may be repeated. There are many, so each takes little.
    calls: HashMap<CallId, Call>,
    /// Who waits for the calls that run.
    waiting: HashMap<CallId, W>,
    /// The calls whose answers are kept, oldest first.
    kept: VecDeque<CallId>,
    /// Until when a call may be repeated that was forgotten too early, because there were too many.
    forgotten: Option<Instant>,
    /// Whether a call without a deadline was forgotten, which may be repeated at any time.
    has_forgotten_endless: bool,
}

struct Call {
    /// Until when it may be repeated; `None` while it runs, if it has no deadline.
    until: Option<Instant>,
    is_endless: bool,
    progress: Progress,
}

enum Progress {
    Runs,
    HasEnded(Arc<Answer>),
    /// It has ended, and its answer is not kept any more.
    IsForgotten,
}

/// What is to be done with a call that has arrived.
pub(super) enum Admission<W> {
    /// It is new: it has to run.
    Run,
    /// It runs already, and the one who has asked last gets the answer, in place of this one.
    Joined(Option<W>),
    /// It has an answer without running.
    Answer(W, Arc<Answer>),
}

impl<W> Outcomes<W> {
    pub(super) fn new() -> Self {
        Self {
            calls: HashMap::new(),
            waiting: HashMap::new(),
            kept: VecDeque::new(),
            forgotten: None,
            has_forgotten_endless: false,
        }
    }

    /// Takes a call, which `refuse` may refuse if it is a new one. `ours` is the run of this gateway.
    pub(super) fn admit(
        &mut self,
        request: &Request,
        waiter: W,
        ours: Incarnation,
        now: Instant,
        refuse: impl FnOnce() -> Option<Failure>,
    ) -> Admission<W> {
        let failed = |waiter, failure| Admission::Answer(waiter, Arc::new(Answer::Failure(failure)));
        if let Some(call) = self.calls.get(&request.id) {
            return match &call.progress {
                Progress::Runs => Admission::Joined(self.waiting.insert(request.id, waiter)),
                Progress::HasEnded(answer) => Admission::Answer(waiter, Arc::clone(answer)),
                Progress::IsForgotten => failed(waiter, Failure::ReplyLost { printed: String::new() }),
            };
        }
        if request.attempt > 1
            && let Some(reason) = self.why_lost(request, ours, now)
        {
            return failed(waiter, Failure::Lost { reason: reason.into() });
        }
        // Another gateway of this name may have it, too.
        if request.incarnation.is_some_and(|theirs| theirs != ours) {
            return failed(waiter, Failure::OtherRun);
        }
        if let Some(failure) = refuse() {
            return failed(waiter, failure);
        }
        if self.waiting.len() > MAX_WAITING {
            return failed(waiter, Failure::Busy { waiting: MAX_WAITING });
        }
        if self.calls.len() >= MAX_IDS {
            self.forget_all(now);
        }
        let until =
            request.budget_ms.map(|ms| now + Duration::from_millis(u64::from(ms) + u64::from(LEASE_MS)));
        let is_endless = until.is_none();
        self.calls.insert(request.id, Call { until, is_endless, progress: Progress::Runs });
        self.waiting.insert(request.id, waiter);
        Admission::Run
    }

    /// Why nobody knows what became of an earlier attempt; `None` if it never arrived.
    fn why_lost(&self, request: &Request, ours: Incarnation, now: Instant) -> Option<&'static str> {
        if request.incarnation.is_some_and(|theirs| theirs != ours) {
            return Some("its gateway has restarted");
        }
        if request.budget_ms.is_none() && self.has_forgotten_endless {
            return Some("its gateway remembers calls without a deadline for 30 s after their end");
        }
        let is_forgotten = self.forgotten.is_some_and(|until| until > now);
        is_forgotten.then_some("its gateway has had too many calls to remember them all")
    }

    /// Notes the answer to a call, and returns who waits for it.
    pub(super) fn finish(&mut self, id: CallId, answer: Arc<Answer>, now: Instant) -> Option<W> {
        let waiter = self.waiting.remove(&id)?;
        let call = self.calls.get_mut(&id)?;
        call.progress = Progress::HasEnded(answer);
        call.until.get_or_insert(now + ENDLESS);
        self.kept.push_back(id);
        if self.kept.len() > KEPT
            && let Some(oldest) = self.kept.pop_front()
            && let Some(call) = self.calls.get_mut(&oldest)
        {
            call.progress = Progress::IsForgotten;
        }
        Some(waiter)
    }

    /// Forgets the calls that nobody repeats any more, and gives their memory back.
    pub(super) fn sweep(&mut self, now: Instant) {
        if self.calls.is_empty() {
            return;
        }
        self.calls.retain(|_, call| {
            let is_kept = call.is_running() || call.until.is_none_or(|until| until > now);
            self.has_forgotten_endless |= call.is_endless && !is_kept;
            is_kept
        });
        self.kept.retain(|id| self.calls.contains_key(id));
        if self.calls.capacity() > 4 * self.calls.len() {
            self.calls.shrink_to_fit();
            self.waiting.shrink_to_fit();
            self.kept.shrink_to_fit();
        }
    }

    /// Forgets all calls that have ended; until nobody repeats them any more, repeated calls are lost.
    fn forget_all(&mut self, now: Instant) {
        self.sweep(now);
        if self.calls.len() < MAX_IDS {
            return;
        }
        let ended = || self.calls.values().filter(|call| !call.is_running());
        self.has_forgotten_endless |= ended().any(|call| call.is_endless);
        self.forgotten = ended().filter_map(|call| call.until).chain(self.forgotten).max();
        self.calls.retain(|_, call| call.is_running());
        self.kept.clear();
    }
}

impl Call {
    fn is_running(&self) -> bool {
        matches!(self.progress, Progress::Runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: Incarnation = Incarnation(1);

    fn call(id: u128) -> Request {
        Request { id: CallId(id), incarnation: Some(OURS), ..Request::plain() }
    }

    fn value(text: &str) -> Arc<Answer> {
        Arc::new(Answer::Value(text.as_bytes().into()))
    }

    /// Says what `admit` does: `run`, `joined`, or the answer.
    fn admit(outcomes: &mut Outcomes<u8>, request: &Request, now: Instant) -> String {
        match outcomes.admit(request, 7, OURS, now, || None) {
            Admission::Run => "run".into(),
            Admission::Joined(replaced) => {
                assert_eq!(replaced, Some(7));
                "joined".into()
            }
            Admission::Answer(7, answer) => format!("{answer:?}"),
            Admission::Answer(..) => unreachable!("another one waits"),
        }
    }

    #[test]
    fn a_repeated_call_does_not_run_again() {
        let (mut outcomes, now) = (Outcomes::new(), Instant::now());
        let again = Request { attempt: 2, ..call(1) };
        assert_eq!(admit(&mut outcomes, &call(1), now), "run");
        assert_eq!(admit(&mut outcomes, &again, now), "joined");
        assert_eq!(outcomes.finish(CallId(1), value("a"), now), Some(7));
        assert_eq!(admit(&mut outcomes, &again, now), format!("{:?}", value("a")));
        assert_eq!(outcomes.finish(CallId(1), value("b"), now), None, "it has ended once");
        let never_arrived = Request { attempt: 2, ..call(2) };
        assert_eq!(admit(&mut outcomes, &never_arrived, now), "run");
        let of_other = Request { incarnation: Some(Incarnation(2)), attempt: 2, ..call(3) };
        assert!(admit(&mut outcomes, &of_other, now).contains("its gateway has restarted"));
        assert!(admit(&mut outcomes, &Request { attempt: 1, ..of_other }, now).contains("OtherRun"));
    }

    #[test]
    fn the_last_answers_are_kept_and_ids_as_long_as_a_call_may_be_repeated() {
        let (mut outcomes, now) = (Outcomes::new(), Instant::now());
        for id in 0..40 {
            assert_eq!(admit(&mut outcomes, &call(id), now), "run");
            outcomes.finish(CallId(id), value("a"), now);
        }
        assert!(admit(&mut outcomes, &call(7), now).contains("ReplyLost"));
        assert_eq!(admit(&mut outcomes, &call(8), now), format!("{:?}", value("a")));
        let endless = Request { budget_ms: None, ..call(50) };
        assert_eq!(admit(&mut outcomes, &endless, now), "run");
        outcomes.sweep(now + Duration::from_millis(3499));
        assert_eq!(outcomes.calls.len(), 41);
        outcomes.sweep(now + Duration::from_millis(3500));
        assert_eq!((outcomes.calls.len(), outcomes.kept.len()), (1, 0));
        let late = now + Duration::from_secs(1000);
        outcomes.sweep(late);
        assert_eq!(outcomes.finish(CallId(50), value("a"), late), Some(7));
        outcomes.sweep(late + ENDLESS);
        assert!(outcomes.calls.is_empty() && outcomes.calls.capacity() == 0);
        let again = Request { attempt: 2, ..endless };
        assert!(admit(&mut outcomes, &again, late + ENDLESS).contains("calls without a deadline"));
        assert_eq!(admit(&mut outcomes, &Request { attempt: 2, ..call(51) }, late + ENDLESS), "run");
    }

    #[test]
    fn so_many_wait_and_no_more() {
        let (mut outcomes, now) = (Outcomes::new(), Instant::now());
        for id in 0..33 {
            assert_eq!(admit(&mut outcomes, &call(id), now), "run");
        }
        assert!(admit(&mut outcomes, &call(33), now).contains("Busy { waiting: 32 }"));
        assert_eq!(outcomes.finish(CallId(0), value("a"), now), Some(7));
        assert_eq!(admit(&mut outcomes, &call(33), now), "run");
    }

    #[test]
    fn what_is_refused_is_not_noted() {
        let (mut outcomes, now) = (Outcomes::new(), Instant::now());
        let down = || Some(Failure::Down { reason: "unplugged".into() });
        let Admission::Answer(..) = outcomes.admit(&call(1), 7, OURS, now, down) else { panic!("it ran") };
        assert_eq!(admit(&mut outcomes, &call(1), now), "run");
    }

    #[test]
    fn calls_that_were_forgotten_too_early_are_lost_if_they_are_repeated() {
        let (mut outcomes, now) = (Outcomes::new(), Instant::now());
        for id in 0..=MAX_IDS as u128 {
            assert_eq!(admit(&mut outcomes, &call(id), now), "run");
            outcomes.finish(CallId(id), value("a"), now);
        }
        assert_eq!(outcomes.calls.len(), 1);
        let again = Request { attempt: 2, ..call(0) };
        assert!(admit(&mut outcomes, &again, now).contains("too many calls to remember"));
        assert_eq!(admit(&mut outcomes, &again, now + Duration::from_secs(4)), "run");
    }
}
