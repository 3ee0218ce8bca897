//! Two ends of a checked link that call one another, over a line that loses, doubles, damages and delays what the input says, and
//! that restart. No command runs twice, no value is wrong, and every call ends in its time.
//!
//! Of damaged frames one in 16 million is taken for a good one; a finding that damage alone explains may be that.

#![no_main]

use std::collections::VecDeque;

use arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serialtalk::proto::Policy;
use serialtalk_fuzz::end::{Called, End, check};

fuzz_target!(|input: &[u8]| {
    let mut input = Unstructured::new(input);
    let Ok([size, delay]) = input.arbitrary::<[u8; 2]>() else { return };
    let delay = delay.into();
    match size % 3 {
        0 => Line::<258, 258>::new(delay).run(&mut input),
        1 => Line::<258, 64>::new(delay).run(&mut input),
        _ => Line::<32, 32>::new(delay).run(&mut input),
    }
});

/// How what is sent next fares.
#[derive(Clone, Copy)]
enum Fate {
    Lost,
    Doubled,
    /// A bit of one byte is flipped.
    Flipped(u8),
    /// One byte is lost.
    Shorter(u8),
    /// The rest is lost.
    Cut(u8),
    /// More milliseconds on the way.
    Late(u8),
}

/// Two ends and what is between them: the first has random numbers, the second has not.
struct Line<const A: usize, const B: usize> {
    first: End<A>,
    second: End<B>,
    called: [Called; 2],
    /// What is on its way to either end, and when it arrives.
    to: [VecDeque<(u32, Vec<u8>)>; 2],
    fates: VecDeque<Option<Fate>>,
    delay: u32,
    now: u32,
    number: u32,
    entropy: u32,
}

/// Whether the call with this number may run more than once.
fn is_idempotent(number: u32) -> bool {
    number.is_multiple_of(8)
}

impl<const A: usize, const B: usize> Line<A, B> {
    fn new(delay: u32) -> Self {
        let called = [(); 2].map(|()| Called::default());
        Self {
            first: End::new(Policy::Require, Some(1), &called[0]),
            second: End::new(Policy::Require, None, &called[1]),
            called,
            to: [VecDeque::new(), VecDeque::new()],
            fates: VecDeque::new(),
            delay,
            now: 1000,
            number: 0,
            entropy: 1,
        }
    }

    fn run(mut self, input: &mut Unstructured<'_>) {
        // The end of the input ends it.
        let _ = self.follow(input);
        self.fates.clear();
        self.pass(10_000);
        assert!(!self.first.is_calling() && !self.second.is_calling(), "a call has not ended");
        check(&self.first.ended, &self.called[1], is_idempotent);
        check(&self.second.ended, &self.called[0], is_idempotent);
    }

    fn follow(&mut self, input: &mut Unstructured<'_>) -> Result<()> {
        while !input.is_empty() {
            let [what, how] = input.arbitrary::<[u8; 2]>()?;
            self.number += 1;
            let (number, timeout_ms) = (self.number, 50 + u32::from(how) * 8);
            let mut out = Vec::new();
            match what % 16 {
                0 | 1 => self.first.begin(number, how % 8 != 0, is_idempotent(number), timeout_ms, self.now),
                2 | 3 => self.second.begin(number, how % 8 != 0, is_idempotent(number), timeout_ms, self.now),
                4 => {
                    self.first.note(number, &mut out, self.now);
                    self.sent(1, out);
                }
                5 => {
                    self.second.note(number, &mut out, self.now);
                    self.sent(0, out);
                }
                6 => {
                    self.entropy = self.entropy.wrapping_mul(0x9e37_79b9).wrapping_add(how.into());
                    let ended = std::mem::take(&mut self.first.ended);
                    self.first = End::new(Policy::Require, Some(self.entropy), &self.called[0]);
                    self.first.ended = ended;
                }
                7 => {
                    let ended = std::mem::take(&mut self.second.ended);
                    self.second = End::new(Policy::Require, None, &self.called[1]);
                    self.second.ended = ended;
                }
                8 => self.pass(how.into()),
                9 => self.pass(u32::from(how) * 32),
                10 => self.fates.push_back(None),
                11 => self.fates.push_back(Some(Fate::Lost)),
                12 => self.fates.push_back(Some(Fate::Doubled)),
                13 => self.fates.push_back(Some(Fate::Late(how))),
                14 => self.fates.push_back(Some(Fate::Flipped(how))),
                _ if how % 2 == 0 => self.fates.push_back(Some(Fate::Shorter(how))),
                _ => self.fates.push_back(Some(Fate::Cut(how))),
            }
        }
        Ok(())
    }

    /// Something is sent to an end.
    fn sent(&mut self, to: usize, mut bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let place = |at: u8| usize::from(at) % bytes.len();
        let mut late = 0;
        match self.fates.pop_front().flatten() {
            None => {}
            Some(Fate::Lost) => bytes.clear(),
            Some(Fate::Doubled) => bytes.extend_from_within(..),
            Some(Fate::Flipped(at)) => {
                let at = place(at);
                bytes[at] ^= 1 << (at % 8);
            }
            Some(Fate::Shorter(at)) => {
                bytes.remove(place(at));
            }
            Some(Fate::Cut(at)) => bytes.truncate(place(at)),
            Some(Fate::Late(ms)) => late = ms.into(),
        }
        // A line keeps the order.
        let after = self.to[to].back().map_or(0, |(at, _)| *at);
        self.to[to].push_back(((self.now + self.delay + late).max(after), bytes));
    }

    /// What has arrived at an end by now.
    fn arrived(&mut self, at: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.to[at].front().is_some_and(|(time, _)| *time <= self.now) {
            bytes.extend(self.to[at].pop_front().unwrap_or_default().1);
        }
        bytes
    }

    /// Lets time pass.
    fn pass(&mut self, ms: u32) {
        let end = self.now + ms;
        loop {
            let (mut from_first, mut from_second) = (Vec::new(), Vec::new());
            let bytes = self.arrived(0);
            self.first.arrive(&bytes, &mut from_first, self.now);
            let wait_first = self.first.drive(&mut from_first, self.now);
            let bytes = self.arrived(1);
            self.second.arrive(&bytes, &mut from_second, self.now);
            let wait_second = self.second.drive(&mut from_second, self.now);
            self.sent(1, from_first);
            self.sent(0, from_second);
            if self.now >= end {
                return;
            }
            let arrival = self.to.iter().filter_map(|to| to.front()).map(|(time, _)| *time).min();
            let waits = [wait_first, wait_second].into_iter().flatten().min();
            let next = waits.map(|ms| self.now.saturating_add(ms)).into_iter().chain(arrival).min();
            self.now = next.unwrap_or(end).clamp(self.now + 1, end);
        }
    }
}
