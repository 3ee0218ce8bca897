//! A line that comes and goes, for many callers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serialtalk::Client;
use serialtalk_hal::memory::{self, MemoryLink};
use serialtalk_hal::{OpenError, Reconnecting, Running, SerialTalk, Spawn};

use super::*;

#[serialtalk::interface(describe = "signatures")]
trait Lamp {
    fn shine(&mut self, hue: u16) -> u16;
}

mod of_another_version {
    #[serialtalk::interface(describe = "signatures")]
    pub(super) trait Lamp {
        fn shine(&mut self, hue: u32) -> u16;
    }
}

struct Fake;

impl Lamp for Fake {
    fn shine(&mut self, hue: u16) -> u16 {
        hue + 1
    }
}

impl of_another_version::Lamp for Fake {
    fn shine(&mut self, hue: u32) -> u16 {
        hue as u16
    }
}

/// Where boards are plugged in.
#[derive(Clone, Default)]
struct Socket {
    plugged: Arc<Mutex<VecDeque<MemoryLink>>>,
}

impl Socket {
    /// Plugs a board in, and returns its end of the line.
    fn plug(&self) -> SerialTalk<MemoryLink> {
        let (host, board) = memory::pair();
        self.plugged.lock().unwrap().push_back(host);
        over(board, "board")
    }

    /// Plugs in a board that has the lamp.
    fn plug_lamp(&self) -> Running<SerialTalk<MemoryLink, LampServer<Fake>>, LinkError> {
        self.plug().serve(LampServer::new(Fake)).spawn()
    }

    fn open(&self) -> Result<MemoryLink, OpenError> {
        let link = self.plugged.lock().unwrap().pop_front();
        link.ok_or_else(|| OpenError::NotFound { port: "socket".into(), ports: vec![] })
    }
}

/// Runs a test with each of the drivers. It gets the caller, and the socket for boards.
fn in_each_world(waits_ms: u32, test: impl Fn(Shared<LinkError>, Socket)) {
    let socket = Socket::default();
    let opens = socket.clone();
    let link = Reconnecting::with("socket", move || opens.open()).wait_for_reconnection(waits_ms);
    let (shared, _running) = share(link).unwrap();
    test(shared, socket);
    #[cfg(feature = "tokio")]
    {
        let socket = Socket::default();
        let opens = socket.clone();
        let (sender, receiver) = channel();
        let task = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let link = serialtalk_hal::asynch::Reconnecting::with("socket", move || {
                    let link = opens.open();
                    async move { link }
                });
                let (shared, run) = serialtalk_hal::asynch::share(link.wait_for_reconnection(waits_ms));
                sender.send(shared).unwrap();
                run.await.unwrap();
            });
        });
        test(receiver.recv().unwrap(), socket);
        // Ends with its last caller.
        task.join().unwrap();
    }
}

fn is_not_connected<T: core::fmt::Debug>(result: Result<T, Error>) -> bool {
    matches!(result, Err(CallError::Link { error: LinkError::NotConnected { .. }, .. }))
}

#[test]
fn calls_are_errors_until_the_board_is_back() {
    in_each_world(0, |shared, socket| {
        let mut lamp = LampClient::over(shared);
        assert!(is_not_connected(lamp.shine(1)));
        for round in 0..3 {
            let board = socket.plug_lamp();
            let lit = loop {
                match lamp.shine(round) {
                    Ok(lit) => break lit,
                    error => assert!(is_not_connected(error)),
                }
            };
            assert_eq!(lit, round + 1);
            drop(board.stop());
            let error = lamp.shine(1).unwrap_err();
            assert!(error.is_link(), "{error}");
        }
    });
}

#[test]
fn calls_wait_for_the_board_if_they_are_to() {
    in_each_world(LONG_MS, |shared, socket| {
        let first = call(&shared, "shine", 20);
        assert!(is_not_connected(first.join().unwrap()), "within its own deadline");
        let lit: Vec<_> = (0..4u16)
            .map(|hue| {
                let mut caller = shared.clone();
                thread::spawn(move || LampClient::over(caller.within(Timeout::Ms(LONG_MS))).shine(hue))
            })
            .collect();
        let _board = socket.plug_lamp();
        for (hue, lit) in (0..).zip(lit) {
            assert_eq!(lit.join().unwrap().unwrap(), hue + 1);
        }
    });
}

#[test]
fn a_call_during_which_the_board_vanishes_is_an_error_of_the_link() {
    in_each_world(LONG_MS, |shared, socket| {
        let (commands, has_begun, end) = held();
        let mut board = socket.plug().serve(commands);
        let holding = call(&shared, "hold", LONG_MS);
        let board = thread::spawn(move || board.run());
        has_begun.recv().unwrap();
        drop(end);
        // The handler panics, and its board is gone.
        assert!(board.join().is_err());
        let error = holding.join().unwrap().unwrap_err();
        assert!(error.is_link() && !is_not_connected(Err::<(), _>(error.clone())), "{error:?}");
    });
}

#[test]
fn a_board_with_another_contract_is_a_mismatch_until_it_is_replaced() {
    in_each_world(LONG_MS, |shared, socket| {
        let mut lamp = LampClient::over(shared.clone());
        let board = socket.plug_lamp();
        assert_eq!(lamp.shine(1).unwrap(), 2);
        drop(board.stop());
        let other = socket.plug().serve(of_another_version::LampServer::new(Fake)).spawn();
        let error = loop {
            match lamp.caller_mut().within(Timeout::Ms(100)).call::<u16>("shine", (1u16,)) {
                Err(error @ CallError::Mismatch { .. }) => break error,
                Err(_) => {}
                Ok(lit) => panic!("{lit} from a board with another contract"),
            }
        };
        assert!(error.to_string().contains("shine(hue: u32)"), "{error}");
        drop(other.stop());
        let _board = socket.plug_lamp();
        while !lamp.shine(1).is_ok_and(|lit| lit == 2) {}
    });
}

/// What a client of a shared line expects is compared before its first call, also if others are connected already.
#[test]
fn a_client_that_is_made_later_is_compared_with_the_board() {
    in_each_world(LONG_MS, |mut shared, socket| {
        let _other = socket.plug().serve(of_another_version::LampServer::new(Fake)).spawn();
        assert_eq!(shared.call::<u16>("shine", (7u32,)).unwrap(), 7);
        fn attach<T: Client<Shared<LinkError>>>(shared: &Shared<LinkError>) -> T {
            T::over(shared.clone())
        }
        let error = attach::<LampClient<_>>(&shared).shine(1).unwrap_err();
        assert!(matches!(error, CallError::Mismatch { .. }), "{error:?}");
    });
}
