//! A line that is cut at every byte of a conversation over the checked link and plugged in again, while its board runs on.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use serialtalk::{CallError, Checked, Ran, SerialTalk, Timeout};
use serialtalk_hal::fault::Faults;
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::serial::{SerialLink, SerialOptions};
use serialtalk_hal::{LinkError, Reconnecting, Running, Spawn, StdClock};

use crate::common::LONG_MS;
use crate::states::{Kind, Told};

#[serialtalk::interface]
trait Till {
    /// Adds to the sum, and returns it.
    fn add(&mut self, amount: u32) -> u32;
}

/// Each amount that was added, with the sum that it made.
#[derive(Debug, Clone, Default)]
struct Ledger(Arc<Mutex<Vec<(u32, u32)>>>);

impl Till for Ledger {
    fn add(&mut self, amount: u32) -> u32 {
        let mut entries = self.0.lock().unwrap();
        let sum = entries.last().map_or(0, |(_, sum)| *sum) + amount;
        entries.push((amount, sum));
        sum
    }
}

/// A board behind a port that hosts open and close. It runs as long as this lives.
struct Board {
    path: String,
    ledger: Ledger,
    _running: Running<SerialTalk<PtyLink, StdClock, TillServer<Ledger>, 258, 0, Checked>, LinkError>,
}

impl Board {
    fn start() -> Self {
        let (link, ledger) = (PtyLink::open().unwrap(), Ledger::default());
        let path = link.path().to_owned();
        let talk = SerialTalk::with_service(link, StdClock::new(), TillServer::new(ledger.clone()));
        Self { path, ledger, _running: talk.checked().require_checked().spawn() }
    }

    /// The sums that this amount has made: one if it was added once.
    fn sums_of(&self, amount: u32) -> Vec<u32> {
        let entries = self.ledger.0.lock().unwrap();
        entries.iter().filter(|(added, _)| *added == amount).map(|(_, sum)| *sum).collect()
    }

    /// Also what was added after its call had failed.
    fn assert_added_once(&self) {
        let mut amounts: Vec<u32> = self.ledger.0.lock().unwrap().iter().map(|(amount, _)| *amount).collect();
        amounts.sort_unstable();
        assert!(amounts.is_sorted_by(|before, after| before < after), "{amounts:?}");
    }
}

/// What becomes of the bytes that the board has sent and the host has not read when the line is cut.
#[derive(Debug, Clone, Copy)]
enum Unread {
    Lost,
    /// They arrive once the line is plugged in again.
    Late,
}

impl Unread {
    fn options(self) -> SerialOptions {
        match self {
            Self::Lost => SerialOptions::default(),
            Self::Late => SerialOptions::default().keep_input(),
        }
    }
}

/// The calls of one host, whose line was cut once so many bytes had crossed it either way.
struct Conversation<'b> {
    board: &'b Board,
    cut_after: u64,
    told: Told,
    calls: u32,
    /// How often each call that failed was served.
    failures: Vec<usize>,
}

impl<'b> Conversation<'b> {
    fn new(board: &'b Board, cut_after: u64) -> Self {
        Self { board, cut_after, told: Told::default(), calls: 0, failures: vec![] }
    }

    /// The faults of the lines that are opened one after the other: only the first one is cut.
    fn faults(&self) -> impl FnMut() -> Faults + Send + 'static {
        let mut first = Some(Faults::seed(0).cut_after(self.cut_after));
        move || first.take().unwrap_or(Faults::seed(0))
    }

    /// The amount to be added next, which no other call adds; none once enough calls were made, of which the last succeeded.
    fn next(&self) -> Option<u32> {
        let is_over = self.calls as usize >= 3 + self.failures.len();
        (!is_over).then_some(self.cut_after as u32 * 10 + self.calls)
    }

    /// Checks how the call ended that was begun at `began` and added `amount`.
    fn ended(&mut self, amount: u32, result: Result<u32, CallError<LinkError>>, began: Instant) {
        let at = self.cut_after;
        assert!(began.elapsed().as_millis() < u128::from(LONG_MS), "cut after {at} bytes: it hangs");
        self.calls += 1;
        let sums = self.board.sums_of(amount);
        match result {
            Ok(sum) => assert_eq!(sums, [sum], "cut after {at} bytes"),
            Err(error) => {
                assert!(sums.len() <= 1, "cut after {at} bytes: added {} times", sums.len());
                let is_of_link = matches!(error, CallError::Link { error: LinkError::Unplugged { .. }, .. });
                assert!(is_of_link && error.ran() == Ran::Unknown, "cut after {at} bytes: {error:?}");
                self.failures.push(sums.len());
                assert_eq!(self.failures.len(), 1, "cut after {at} bytes: a call after the cut failed");
            }
        }
    }

    fn was_cut(&self) -> bool {
        self.told.all().contains(&Kind::Lost)
    }
}

fn converse(conversation: &mut Conversation<'_>, unread: Unread) {
    let (path, mut faults) = (conversation.board.path.clone(), conversation.faults());
    let link =
        Reconnecting::with("board", move || Ok(faults().on(SerialLink::open(&path, unread.options())?)))
            .with_endpoint(|mut talk| {
                talk.set_timeout(Timeout::Ms(LONG_MS));
                talk.require_checked()
            })
            .wait_for_reconnection(LONG_MS)
            .on_state(conversation.told.listener());
    let mut till = TillClient::over(link);
    while let Some(amount) = conversation.next() {
        let began = Instant::now();
        let result = till.add(amount);
        conversation.ended(amount, result, began);
    }
}

/// How many boards there are. Each takes the cuts that are its share.
const BOARDS: u64 = 4;

/// Two hellos, and three calls with their replies, have more bytes than this.
const BYTES: usize = 2 * 29 + 3 * (11 + 10);

/// Cuts the line after each number of bytes, until that is more than a conversation has.
fn cut_at_every_byte(converse: impl Fn(&mut Conversation<'_>) + Sync) {
    let cut = |first| {
        let board = Board::start();
        let mut cuts = vec![];
        for bytes in (first..).step_by(BOARDS as usize) {
            let mut conversation = Conversation::new(&board, bytes);
            converse(&mut conversation);
            if !conversation.was_cut() {
                assert!(conversation.failures.is_empty());
                break;
            }
            cuts.push(conversation.failures.first().copied());
        }
        board.assert_added_once();
        cuts
    };
    let cuts = thread::scope(|scope| {
        let boards: Vec<_> = (0..BOARDS).map(|first| scope.spawn(move || cut(first))).collect();
        boards.into_iter().flat_map(|board| board.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(cuts.len() > BYTES, "{}", cuts.len());
    // In a hello, before a command ran, and after one did.
    assert!([None, Some(0), Some(1)].iter().all(|kind| cuts.contains(kind)), "{cuts:?}");
}

#[test]
fn every_cut_costs_one_call_at_most() {
    cut_at_every_byte(|conversation| converse(conversation, Unread::Lost));
}

#[test]
fn late_bytes_of_the_board_are_no_wrong_values() {
    cut_at_every_byte(|conversation| converse(conversation, Unread::Late));
}

#[cfg(feature = "tokio")]
mod asynchronous {
    use serialtalk_hal::asynch::{AsyncSerialLink, Reconnecting};

    use super::*;

    async fn converse_async(conversation: &mut Conversation<'_>, unread: Unread) {
        let (path, mut faults) = (conversation.board.path.clone(), conversation.faults());
        let open = move || {
            let link = AsyncSerialLink::open(&path, unread.options());
            core::future::ready(link.map(|link| faults().on(link)))
        };
        let link = Reconnecting::with("board", open)
            .with_endpoint(|mut talk| {
                talk.set_timeout(Timeout::Ms(LONG_MS));
                talk.require_checked()
            })
            .wait_for_reconnection(LONG_MS)
            .on_state(conversation.told.listener());
        let mut till = TillAsyncClient::over(link);
        while let Some(amount) = conversation.next() {
            let began = Instant::now();
            let result = till.add(amount).await;
            conversation.ended(amount, result, began);
        }
    }

    fn cut_at_every_byte_async(unread: Unread) {
        cut_at_every_byte(|conversation| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(converse_async(conversation, unread));
        });
    }

    #[test]
    fn every_cut_costs_one_call_at_most() {
        cut_at_every_byte_async(Unread::Lost);
    }

    #[test]
    fn late_bytes_of_the_board_are_no_wrong_values() {
        cut_at_every_byte_async(Unread::Late);
    }
}
