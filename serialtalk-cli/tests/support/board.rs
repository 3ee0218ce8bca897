//! Boards that do what a test says.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use serialtalk::link::{Link, Received};
use serialtalk::proto::{FrameDecoder, FrameWriter, Head, MAX_FRAME, Suffix};
use serialtalk_hal::pty::PtyLink;

/// A board on a pty that does what `answer` says: the suffix and the payload of the reply to a command.
pub(crate) struct Board {
    pub(crate) path: String,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Board {
    #[allow(dead_code, reason = "each test crate uses a part")]
    pub(crate) fn new(answer: impl Fn(&str, &[u8]) -> (Suffix, Vec<u8>) + Send + 'static) -> Self {
        Self::laconic(move |name, payload| Some(answer(name, payload)))
    }

    /// A board that is silent where `answer` is nothing.
    pub(crate) fn laconic(
        answer: impl Fn(&str, &[u8]) -> Option<(Suffix, Vec<u8>)> + Send + 'static,
    ) -> Self {
        Self::that(move |link, stop| {
            let mut decoder = FrameDecoder::<MAX_FRAME>::new();
            while !stop.load(Ordering::Relaxed) {
                if let Ok(Received::Bytes(count)) = link.receive(decoder.recv_buf(), 20) {
                    decoder.commit(count);
                }
                while let Some(handle) = decoder.next(false, |_| ()) {
                    let Some(frame) = decoder.frame(handle) else { continue };
                    let name = String::from_utf8_lossy(frame.name).into_owned();
                    let Some((suffix, payload)) = answer(&name, frame.payload) else { continue };
                    let mut buffer = [0; MAX_FRAME];
                    let mut writer = FrameWriter::new(&mut buffer, Head::reply(name.as_bytes(), suffix));
                    let size = writer.put(&payload).finish().unwrap();
                    let _ = link.send(writer.bytes(size));
                }
            }
        })
    }

    #[allow(dead_code, reason = "each test crate uses a part")]
    pub(crate) fn that(does: impl FnOnce(&mut PtyLink, &AtomicBool) + Send + 'static) -> Self {
        let mut link = PtyLink::open().unwrap();
        let (path, stop) = (link.path().to_owned(), Arc::new(AtomicBool::new(false)));
        let flag = Arc::clone(&stop);
        let thread = thread::spawn(move || does(&mut link, &flag));
        Self { path, stop, thread: Some(thread) }
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
    }
}

/// A text as the payload of a reply.
pub(crate) fn text(text: &str) -> Vec<u8> {
    [b"\x04repr".as_slice(), serialtalk::Value::Tuple(vec![text.into()]).to_string().as_bytes()].concat()
}
