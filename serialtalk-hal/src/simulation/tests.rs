use alloc::rc::Rc;
use alloc::sync::Arc;
use core::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use serialtalk::link::{Link, Received};
use serialtalk::{Caller, Commands, SerialTalk};

use super::*;
use crate::LinkError;
use crate::fault::Faults;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn us(us: u64) -> Duration {
    Duration::from_micros(us)
}

/// A line on which a byte takes 100 us.
const LINE: Line = Line::baud(100_000);

/// Reads until nothing arrives for `wait_ms`: the bytes, each with when it was read.
fn arrivals(simulation: &Simulation, end: &LineEnd, wait_ms: u32) -> Vec<(Duration, u8)> {
    let mut end = simulation.blocking(end.clone());
    let mut all = Vec::new();
    let mut buffer = [0; 16];
    while let Received::Bytes(count) = end.receive(&mut buffer, wait_ms).unwrap() {
        let now = simulation.clock().elapsed();
        all.extend(buffer[..count].iter().map(|byte| (now, *byte)));
    }
    all
}

fn bytes(arrivals: &[(Duration, u8)]) -> Vec<u8> {
    arrivals.iter().map(|(_, byte)| *byte).collect()
}

#[test]
fn each_byte_arrives_after_exactly_as_long_as_the_line_takes() {
    let simulation = Simulation::new();
    let (mut a, mut b) = simulation.line(LINE.latency(us(30)));
    assert_eq!(a.send(b"abc"), Ok(3));
    assert_eq!(b.receive(&mut [0; 8], 0), Ok(Received::Nothing));
    let all = arrivals(&simulation, &b, 5);
    assert_eq!(all, [(us(130), b'a'), (us(230), b'b'), (us(330), b'c')]);
    assert_eq!(simulation.clock().elapsed(), us(5330));
}

#[test]
fn bytes_are_delivered_together_if_the_line_says_so() {
    let simulation = Simulation::new();
    let (mut a, b) = simulation.line(LINE.delivery_every(ms(1)));
    a.send(&[7; 25]).unwrap();
    let all = arrivals(&simulation, &b, 5);
    let at = |moment| all.iter().filter(|(arrival, _)| *arrival == moment).count();
    assert_eq!([at(ms(1)), at(ms(2)), at(ms(3))], [10, 10, 5]);
}

#[test]
fn time_passes_only_while_everybody_waits() {
    let simulation = Simulation::new();
    let (_board, host) = simulation.line(LINE.without_flow_control());
    let mut host = SerialTalk::new(simulation.blocking(host), simulation.clock());
    assert_eq!(simulation.clock().elapsed(), Duration::ZERO);
    for calls in 1..=1000 {
        assert!(host.call::<u8>("nobody", ()).unwrap_err().is_timeout());
        assert_eq!(simulation.clock().elapsed().as_millis(), calls * 1500);
    }
}

#[test]
fn programs_run_in_the_order_of_their_moments() {
    let simulation = Simulation::new();
    let order = Rc::new(RefCell::new(Vec::new()));
    for number in [3, 1, 2, 1] {
        let (clock, order) = (simulation.clock(), Rc::clone(&order));
        simulation.spawn(async move {
            clock.sleep(ms(number)).await;
            let position = order.borrow().len();
            order.borrow_mut().push((clock.elapsed(), number, position));
        });
    }
    simulation.run_for(ms(2));
    assert_eq!(*order.borrow(), [(ms(1), 1, 0), (ms(1), 1, 1), (ms(2), 2, 2)]);
    let clock = simulation.clock();
    assert_eq!(simulation.block_on(clock.within(ms(5), core::future::pending::<()>())), None);
    assert_eq!(simulation.block_on(clock.within(ms(5), async { 8 })), Some(8));
    assert_eq!(clock.elapsed(), ms(7));
    assert_eq!(order.borrow().len(), 4);
}

/// A board whose main loop takes 1 ms, and which counts how often it was asked since it was started.
fn counting_board(simulation: &Simulation, end: LineEnd) -> Board {
    let clock = simulation.clock();
    simulation.board(end, move |end| {
        let clock = clock.clone();
        async move {
            let mut commands = Commands::new();
            let mut count = 0;
            let counting = move || {
                count += 1;
                count
            };
            commands.add("count", counting).unwrap();
            let mut talk = SerialTalk::new(end, clock.clone()).serve(commands);
            while talk.process().is_ok() {
                clock.sleep(ms(1)).await;
            }
        }
    })
}

/// What a host sees of 300 calls over a bad line: the results with their times.
fn story(seed: u64) -> Vec<(Duration, Result<u32, String>)> {
    let simulation = Simulation::new();
    let line = Line::baud(115_200).delay_per_byte(seed, 1e-3, ms(20));
    let (board, host) = simulation.line(line);
    let board = counting_board(&simulation, board);
    let faults = Faults::seed(seed).flip_per_bit(2e-4).drop_per_byte(1e-3).noise_burst_per_byte(1e-4, 20);
    let mut host = SerialTalk::new(faults.on(simulation.blocking(host)), simulation.clock());
    let mut story = Vec::new();
    for number in 0..300 {
        if number % 100 == 99 {
            board.reboot(ms(30));
        }
        let result = host.call::<u32>("count", ()).map_err(|error| error.to_string());
        story.push((simulation.clock().elapsed(), result));
    }
    story
}

#[test]
fn the_seed_decides_everything() {
    let first = story(1);
    let good = first.iter().filter(|(_, result)| result.is_ok()).count();
    assert!((200..300).contains(&good), "{good}");
    assert_eq!(story(1), first);
    assert_ne!(story(2), first);
}

#[test]
fn a_delay_holds_up_the_bytes_behind_it() {
    let simulation = Simulation::new();
    let (mut a, b) = simulation.line(LINE.delay_per_byte(1, 0.1, ms(50)));
    let sent: Vec<u8> = (0..200).collect();
    a.send(&sent).unwrap();
    let all = arrivals(&simulation, &b, 100);
    assert_eq!(bytes(&all), sent);
    let gaps: Vec<_> =
        all.windows(2).map(|pair| pair[1].0 - pair[0].0).filter(|gap| *gap > us(100)).collect();
    assert!((5..40).contains(&gaps.len()), "{gaps:?}");
    assert!(gaps.iter().all(|gap| *gap <= ms(50) + us(100)), "{gaps:?}");
}

#[test]
fn a_board_that_reboots_begins_anew_and_loses_what_is_on_its_way() {
    let simulation = Simulation::new();
    let (board, host) = simulation.line(LINE);
    let board = counting_board(&simulation, board);
    let mut host = SerialTalk::new(simulation.blocking(host), simulation.clock());
    assert_eq!(host.call::<u32>("count", ()), Ok(1));
    assert_eq!(host.call::<u32>("count", ()), Ok(2));
    board.reboot(ms(400));
    // It boots while this is on its way.
    assert!(host.call::<u32>("count", ()).unwrap_err().is_timeout());
    assert_eq!(host.call::<u32>("count", ()), Ok(1));

    // In the middle of a call.
    let (clock, switch) = (simulation.clock(), board.clone());
    simulation.spawn(async move {
        clock.sleep(us(1200)).await;
        switch.reboot(Duration::ZERO);
    });
    assert!(host.call::<u32>("count", ()).unwrap_err().is_timeout());
    assert_eq!(host.call::<u32>("count", ()), Ok(1));
}

#[test]
fn a_board_that_reboots_takes_the_end_of_its_reply_with_it() {
    let simulation = Simulation::new();
    let (board, mut host) = simulation.line(LINE.latency(us(250)));
    let board = simulation.board(board, |mut end| async move {
        end.send(b"booted").unwrap();
        core::future::pending().await
    });
    simulation.run_for(us(450)); // two bytes have arrived
    board.reboot(ms(3));
    host.send(b"lost, for it boots").unwrap();
    assert_eq!(bytes(&arrivals(&simulation, &host, 20)), b"bobooted");
}

#[test]
fn a_board_that_hangs_reads_later_what_was_sent() {
    let simulation = Simulation::new();
    let (board, host) = simulation.line(LINE);
    let board = counting_board(&simulation, board);
    let mut host = SerialTalk::new(simulation.blocking(host), simulation.clock());
    board.hang(ms(1000));
    assert_eq!(host.call::<u32>("count", ()), Ok(1));
    let elapsed = simulation.clock().elapsed();
    assert!((ms(1000)..ms(1020)).contains(&elapsed), "{elapsed:?}");
}

#[test]
fn a_write_to_a_peer_that_does_not_read_ends() {
    let simulation = Simulation::new();
    let (mut a, b) = simulation.line(LINE.buffer(64));
    assert_eq!(a.send(&[1; 100]), Ok(64));
    assert_eq!(a.send(&[2; 36]), Err(LinkError::write_timeout("simulated line", 0)));
    let mut a = simulation.blocking(a);
    assert_eq!(a.send(&[2; 36]), Err(LinkError::write_timeout("simulated line", 1000)));
    assert_eq!(simulation.clock().elapsed(), ms(1000));
    let clock = simulation.clock();
    let mut reader = b.clone();
    simulation.spawn(async move {
        clock.sleep(ms(5)).await;
        assert_eq!(reader.receive(&mut [0; 10], 0), Ok(Received::Bytes(10)));
    });
    assert_eq!(a.send(&[2; 36]), Ok(10));
    assert_eq!(simulation.clock().elapsed(), ms(1005));
    assert_eq!(arrivals(&simulation, &b, 10).len(), 64);
    assert_eq!(b.overrun(), 0);
}

#[test]
fn without_flow_control_bytes_that_find_no_room_are_lost_and_counted() {
    let simulation = Simulation::new();
    let (a, b) = simulation.line(LINE.buffer(64).without_flow_control());
    let sent: Vec<u8> = (0..200).collect();
    let mut rest = &sent[..];
    let mut a = simulation.blocking(a);
    while !rest.is_empty() {
        let count = a.send(rest).unwrap(); // waits until bytes have arrived
        rest = &rest[count..];
    }
    assert_eq!(simulation.clock().elapsed(), us(13_600)); // when 136 have left
    simulation.run_for(ms(10));
    assert_eq!(b.overrun(), 136);
    assert_eq!(bytes(&arrivals(&simulation, &b, 5)), sent[..64]);
    a.send(b"room again").unwrap();
    assert_eq!(bytes(&arrivals(&simulation, &b, 5)), b"room again");
}

#[test]
fn an_end_that_is_dropped_closes_the_line_behind_what_it_sent() {
    let simulation = Simulation::new();
    let (mut a, mut b) = simulation.line(LINE);
    let clone = a.clone();
    a.send(b"bye").unwrap();
    drop(a);
    assert_eq!(bytes(&arrivals(&simulation, &b, 5)), b"bye");
    drop(clone);
    assert_eq!(b.receive(&mut [0; 8], 5), Ok(Received::Closed));
    assert_eq!(b.send(b"x"), Err(LinkError::unplugged("simulated line")));
}

/// What a panic of `work` says.
fn panic_of(work: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(work)).unwrap_err();
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap()
}

#[test]
fn what_would_never_end_is_a_panic_that_says_why() {
    let simulation = Simulation::new();
    let (_a, mut b) = simulation.line(LINE);
    let panic = panic_of(|| simulation.block_on(core::future::pending()));
    assert!(panic.contains("nothing would ever happen"), "{panic}");
    let mut blocking = simulation.blocking(b.clone());
    simulation.spawn(async move { _ = b.receive(&mut [0; 8], 1) });
    let panic = panic_of(|| simulation.run_for(ms(1)));
    assert!(panic.contains("only the test may do that"), "{panic}");
    simulation.spawn(async move { _ = blocking.receive(&mut [0; 8], 1) });
    let panic = panic_of(|| simulation.run_for(ms(1)));
    assert!(panic.contains("only the test may do that"), "{panic}");
    simulation.run_for(ms(1));
}

#[test]
fn the_end_of_a_simulation_is_that_of_its_programs() {
    let simulation = Simulation::new();
    let (board, _host) = simulation.line(LINE);
    let ends = Rc::new(Cell::new(0));
    struct Counts(Rc<Cell<u32>>);
    impl Drop for Counts {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let (counts, clock) = (Counts(Rc::clone(&ends)), simulation.clock());
    simulation.spawn(async move {
        let _counts = counts;
        clock.sleep(ms(1_000_000)).await;
    });
    counting_board(&simulation, board);
    simulation.run_for(ms(10));
    let world = Arc::downgrade(&simulation.tasks.world);
    drop((simulation, _host));
    assert_eq!(ends.get(), 1);
    assert!(world.upgrade().is_none());
}

#[cfg(feature = "tokio")]
#[test]
fn async_endpoints_need_no_runtime() {
    use serialtalk::{AsyncCaller, asynch};
    let simulation = Simulation::new();
    let (board, host) = simulation.line(LINE.latency(us(500)));
    let mut commands = Commands::new();
    commands.add("double", |x: u32| x * 2).unwrap();
    let mut board = asynch::SerialTalk::new(board, simulation.clock()).serve(commands);
    simulation.spawn(async move { board.run().await.unwrap() });
    let mut host = asynch::SerialTalk::new(host, simulation.clock());
    for number in 0..100_u32 {
        let call = host.call::<u32>("double", (number,));
        assert_eq!(simulation.block_on(call), Ok(number * 2));
    }
    let elapsed = simulation.clock().elapsed();
    assert!((ms(300)..ms(800)).contains(&elapsed), "{elapsed:?}");
    let missing = host.call::<u32>("triple", ());
    assert!(simulation.block_on(missing).is_err());
}
