//! Random requests, answers, losses and times.

use alloc::collections::VecDeque;

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Event {
    Ask(Asking),
    Cancel(prop::sample::Index),
    /// The peer answers the oldest command that it has not answered.
    Answer,
    /// The answer to the oldest is lost.
    Lose,
    Serve,
    Pass(u32),
}

fn event() -> impl Strategy<Value = Event> {
    let name = prop::sample::select(vec!["a", "b", "c", "d", "e"]);
    let operation = prop_oneof![
        4 => any::<bool>().prop_map(|is_idempotent| Operation::Call { is_idempotent, terms: None }),
        2 => Just(Operation::Send),
    ];
    let asking = (name, operation, 1..400u32, any::<bool>()).prop_map(|(name, operation, ms, is_urgent)| {
        Asking { name, operation, id: 0, timeout: Timeout::Ms(ms), is_urgent }
    });
    prop_oneof![
        6 => asking.prop_map(Event::Ask),
        1 => any::<prop::sample::Index>().prop_map(Event::Cancel),
        8 => Just(Event::Answer),
        1 => Just(Event::Lose),
        1 => Just(Event::Serve),
        4 => (1..100u32).prop_map(Event::Pass),
    ]
}

proptest! {
    /// A peer that serves in order says whose command it answers: everybody gets the answer to his own, or an error, and in
    /// time.
    #[test]
    fn everybody_gets_his_own_answer_in_time(events in prop::collection::vec(event(), 1..120)) {
        let mut line = Line::new();
        let mut peer: VecDeque<(String, Vec<u8>)> = VecDeque::new();
        let mut open: Vec<(u8, u32, Asking, Asked)> = Vec::new();
        let mut id = 0u8;
        for event in events {
            match event {
                Event::Ask(asking) if open.len() < 100 => {
                    id = id.wrapping_add(1);
                    let asking = Asking { id, ..asking };
                    open.push((id, line.now, asking, line.ask(asking)));
                }
                Event::Ask(_) => {}
                Event::Cancel(index) if !open.is_empty() => {
                    let (_, _, _, asked) = open.swap_remove(index.index(open.len()));
                    asked.ticket.cancel();
                }
                Event::Cancel(_) => {}
                Event::Answer => if let Some((name, payload)) = peer.pop_front() {
                    line.receive(&format!("{name}ack"), &payload);
                },
                Event::Lose => drop(peer.pop_front()),
                Event::Serve => line.receive("mine", b"\x01z"),
                Event::Pass(ms) => line.now += ms,
            }
            let (frames, wait_ms) = line.run();
            prop_assert_ne!(wait_ms, Some(0));
            peer.extend(frames.into_iter().filter(|(name, _)| !name.ends_with("err")));
            let mut left = Vec::new();
            for (id, asked_at, asking, asked) in open {
                match asked.result.try_recv() {
                    Ok(Ok(reply)) if matches!(asking.operation, Operation::Send) => prop_assert!(reply.payload().is_empty()),
                    Ok(Ok(reply)) => prop_assert_eq!(reply.payload(), &[1, b'B', id]),
                    Ok(Err(error)) => {
                        prop_assert!(error.is_timeout(), "{:?}", error);
                        let Timeout::Ms(ms) = asking.timeout else { unreachable!() };
                        prop_assert!(line.now - asked_at >= ms);
                    }
                    Err(_) => {
                        let Timeout::Ms(ms) = asking.timeout else { unreachable!() };
                        prop_assert!(line.now - asked_at < ms, "{:?} waits beyond its deadline", asking);
                        left.push((id, asked_at, asking, asked));
                    }
                }
            }
            open = left;
        }
    }
}
