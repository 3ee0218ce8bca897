//! A slow job in an async handler.

use std::rc::Rc;
use std::time::Duration;

use serialtalk::Timeout;
use serialtalk_hal::asynch;
use tokio::sync::Notify;

/// An arm whose handler is awaited.
#[serialtalk::interface]
trait Crane {
    /// Lifts the load, and returns when that is done.
    async fn lift(&mut self);
    /// The height of the hook in metres.
    fn height(&mut self) -> f32;
}

struct Motor {
    is_up: Rc<Notify>,
    height: f32,
}

impl Crane for Motor {
    async fn lift(&mut self) {
        // Other tasks run meanwhile; no other command of this line is served.
        self.is_up.notified().await;
        self.height = 2.0;
    }

    fn height(&mut self) -> f32 {
        self.height
    }
}

#[test]
fn holds_up_its_line_but_no_other_task() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let (board, host) = asynch::loopback();
        let is_up = Rc::new(Notify::new());
        let motor = Motor { is_up: Rc::clone(&is_up), height: 0.0 };
        let mut board = board.serve(CraneServer::new(motor));
        let host = async move {
            let mut crane = CraneAsyncClient::new(host);
            let lifting = crane.within(Timeout::Ms(20)).lift().await;
            assert!(lifting.unwrap_err().is_timeout());
            let mut client = crane.within(Timeout::Ms(60_000));
            let mut height = std::pin::pin!(client.height());
            // This task runs beside the handler, and its call is not answered.
            let waited = tokio::time::timeout(Duration::from_millis(50), &mut height).await;
            assert!(waited.is_err(), "answered while the handler waits: {waited:?}");
            is_up.notify_one();
            assert_eq!(height.await.unwrap(), 2.0);
        };
        let (served, ()) = tokio::join!(board.run(), host);
        served.unwrap();
    });
}
