//! One end of a checked link, in virtual time, which serves and calls.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use serialtalk::__private::reply_decoder;
use serialtalk::proto::{Action, Command, Endpoint, OutgoingCall, Policy};
use serialtalk::{CallError, Checked, CommandInfo, Ran, Timeout};

use crate::reading::read;

/// What an end serves.
#[serialtalk::interface]
pub trait Twice {
    /// Twice the number.
    fn twice(&mut self, number: u32) -> u32;
    /// Takes a number.
    #[command(oneway)]
    fn note(&mut self, number: u32);
}

/// The command that is called.
fn twice() -> &'static CommandInfo {
    TWICE_INTERFACE.command("twice").expect("the interface has its command")
}

/// Keeps the numbers with which its commands were called.
#[derive(Debug, Default, Clone)]
pub struct Called(Rc<RefCell<Vec<u32>>>);

impl Called {
    /// How often a command was called with this number.
    pub fn times(&self, number: u32) -> usize {
        self.0.borrow().iter().filter(|called| **called == number).count()
    }
}

impl Twice for Called {
    fn twice(&mut self, number: u32) -> u32 {
        self.0.borrow_mut().push(number);
        number.wrapping_mul(2)
    }

    fn note(&mut self, number: u32) {
        self.0.borrow_mut().push(number);
    }
}

/// A call in progress.
struct Current {
    call: OutgoingCall<&'static str>,
    number: u32,
    begun: u32,
    timeout_ms: u32,
}

/// How a call ended.
pub type Ended = Result<u32, CallError<Infallible>>;

/// An endpoint, what it serves, and the call that it makes.
pub struct End<const N: usize> {
    endpoint: Endpoint<N, 16, Checked>,
    server: TwiceServer<Called>,
    call: Option<Current>,
    /// How its calls ended, with their arguments.
    pub ended: Vec<(u32, Ended)>,
}

impl<const N: usize> End<N> {
    /// An end that has heard nothing. Without `entropy` its nonces are counted.
    pub fn new(policy: Policy, entropy: Option<u32>, called: &Called) -> Self {
        let mut end = Self {
            endpoint: Endpoint::new(),
            server: TwiceServer::new(called.clone()),
            call: None,
            ended: Vec::new(),
        };
        end.endpoint.set_policy(policy);
        if let Some(entropy) = entropy {
            end.endpoint.set_entropy(entropy);
        }
        end
    }

    /// The endpoint, for what is done with it beside calls.
    pub fn endpoint(&mut self) -> &mut Endpoint<N, 16, Checked> {
        &mut self.endpoint
    }

    /// Whether a call is in progress.
    pub fn is_calling(&self) -> bool {
        self.call.is_some()
    }

    /// Drops the call that is in progress.
    pub fn drop_call(&mut self) {
        self.call = None;
    }

    /// Calls `twice`, by its number if the command `is_known`; nothing if a call is in progress.
    pub fn begin(&mut self, number: u32, is_known: bool, idempotent: bool, timeout_ms: u32, now: u32) {
        if self.call.is_some() {
            return;
        }
        let known = twice().command();
        let terms = known.terms.filter(|_| is_known);
        let command = Command { terms, idempotent, timeout: Some(Timeout::Ms(timeout_ms)), ..known };
        let call = self.endpoint.begin_call(command, now);
        self.call = Some(Current { call, number, begun: now, timeout_ms });
    }

    /// Sends `note` into `out`.
    pub fn note(&mut self, number: u32, out: &mut Vec<u8>, now: u32) {
        self.drive(out, now);
        self.endpoint.greet_before_oneway(now);
        self.send(out);
        let written = self.endpoint.write_oneway("note", |payload| payload.values(&(number,)));
        assert!(written.is_ok(), "{written:?}");
        self.send(out);
    }

    /// Bytes arrive, as many at a time as there is room for; what is sent goes to `out`.
    pub fn arrive(&mut self, mut bytes: &[u8], out: &mut Vec<u8>, now: u32) {
        while !bytes.is_empty() {
            bytes = read(&mut self.endpoint, bytes, now);
            self.drive(out, now);
        }
    }

    /// Does what there is to do; returns how long to wait for more.
    pub fn drive(&mut self, out: &mut Vec<u8>, now: u32) -> Option<u32> {
        for _ in 0..3 * N {
            let action = match &mut self.call {
                Some(current) => self.endpoint.poll_call(&mut current.call, now),
                None => self.endpoint.poll(now),
            };
            match action {
                Action::Transmit => {
                    assert!(!self.endpoint.transmit().is_empty(), "there is something to send");
                    self.send(out);
                }
                Action::Serve(frame) => self.endpoint.serve(frame, &mut self.server),
                Action::WriteArguments => {
                    let Some(Current { call, number, .. }) = &mut self.call else { panic!("nobody calls") };
                    let written = self.endpoint.write_arguments(call, |payload| payload.values(&(*number,)));
                    assert!(written.is_ok(), "{written:?}");
                }
                Action::Reply(reply) => {
                    let decoder = reply_decoder(twice().expected_value(), |value| value.sole(), None);
                    let Some(Current { call, number, .. }) = self.call.take() else { panic!("nobody calls") };
                    let ended = self.endpoint.finish_call(&call, "", reply, decoder);
                    self.ended.push((number, ended));
                }
                Action::Ended(why) => {
                    let Some(Current { call, number, .. }) = self.call.take() else { panic!("nobody calls") };
                    let context = self.endpoint.context("twice", "");
                    self.ended.push((number, Err(why.of_call(call.awaited(), context))));
                }
                Action::Receive { wait_ms } => {
                    self.check_wait(wait_ms, now);
                    return wait_ms;
                }
            }
        }
        panic!("an endless loop");
    }

    fn send(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.endpoint.transmit());
        self.endpoint.consume(usize::MAX);
    }

    /// An end that waits has room, and waits for a call no longer than that lasts.
    fn check_wait(&mut self, wait_ms: Option<u32>, now: u32) {
        assert!(!self.endpoint.recv_buf().is_empty(), "waits without room");
        assert_ne!(wait_ms, Some(0), "waits for no time");
        if let Some(Current { begun, timeout_ms, .. }) = &self.call {
            let left = timeout_ms.saturating_sub(now.wrapping_sub(*begun));
            assert!(wait_ms.is_some_and(|ms| ms <= left), "{wait_ms:?}, though {left} ms are left");
        }
    }
}

/// Checks how the calls of one end have ended, with what the other end has served.
pub fn check(ended: &[(u32, Ended)], called: &Called, is_idempotent: impl Fn(u32) -> bool) {
    for (number, ended) in ended {
        let times = called.times(*number);
        assert!(times <= 1 || is_idempotent(*number), "{number} ran {times} times: {ended:?}");
        match ended {
            Ok(value) => assert!(*value == number * 2 && times > 0, "{number} is {value}, ran {times} times"),
            Err(error) => match error.ran() {
                Ran::Yes => assert!(times > 0, "{number}: {error:?}"),
                Ran::No => assert_eq!(times, 0, "{number}: {error:?}"),
                Ran::Unknown => {}
            },
        }
    }
}
