//! An endpoint that is made at compile time, with two services.

use std::sync::Mutex;

use serialtalk::embedded_io::{ErrorType, Read, ReadReady, Write};
use serialtalk::heapless::Vec;
use serialtalk::{Checked, SerialTalk};

#[serialtalk::interface]
trait Lamp {
    fn led(&mut self, hue: u16);
    fn hue(&mut self) -> u16;
}

#[serialtalk::interface]
trait Counter {
    fn count(&mut self) -> u8;
}

struct MyLamp(u16);

impl Lamp for MyLamp {
    fn led(&mut self, hue: u16) {
        self.0 = hue;
    }

    fn hue(&mut self) -> u16 {
        self.0
    }
}

struct MyCounter(u8);

impl Counter for MyCounter {
    fn count(&mut self) -> u8 {
        self.0 += 1;
        self.0
    }
}

/// A device: what it receives, and what was sent to it.
struct Wire {
    received: &'static [u8],
    sent: Vec<u8, 128>,
}

impl ErrorType for Wire {
    type Error = std::convert::Infallible;
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error> {
        Ok(self.received.read(buffer).unwrap_or(0))
    }
}

impl ReadReady for Wire {
    fn read_ready(&mut self) -> Result<bool, Self::Error> {
        Ok(!self.received.is_empty())
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.sent.extend_from_slice(bytes).unwrap();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

fn clock() -> u32 {
    0
}

type Talk = SerialTalk<Wire, fn() -> u32, (LampServer<MyLamp>, CounterServer<MyCounter>), 64>;

const REQUESTS: &[u8] = b"<\x08\x03led\x01H\x2c\x01><\x06\x03hue\x01z><\x08\x05count\x01z>";

static TALK: Mutex<Talk> = Mutex::new(SerialTalk::with_service(
    Wire { received: REQUESTS, sent: Vec::new() },
    clock,
    (LampServer::new(MyLamp(0)), CounterServer::new(MyCounter(6))),
));

#[test]
fn an_endpoint_in_a_static_serves_two_services() {
    let mut talk = TALK.lock().unwrap();
    while talk.process().unwrap() {}
    let sent = b"<\x08\x06ledack\x00><\x0b\x06hueack\x01H\x2c\x01><\x0c\x08countack\x01B\x07>";
    assert_eq!(talk.link().sent, sent);
    let counter: &mut MyCounter = talk.state();
    assert_eq!(counter.0, 7);
}

type CheckedTalk = SerialTalk<Wire, fn() -> u32, CounterServer<MyCounter>, 64, 0, Checked<4>>;

static CHECKED: Mutex<CheckedTalk> = Mutex::new(SerialTalk::with_service(
    Wire { received: b"<\x08\x05count\x01z>", sent: Vec::new() },
    clock,
    CounterServer::new(MyCounter(6)),
));

#[test]
fn an_endpoint_of_the_checked_link_in_a_static_serves_a_plain_peer() {
    let mut talk = CHECKED.lock().unwrap();
    while talk.process().unwrap() {}
    assert_eq!(talk.link().sent, b"<\x0c\x08countack\x01B\x07>");
    assert!(!talk.is_checked());
}
