//! What a caller has told of its connections.

use std::sync::{Arc, Mutex};

use serialtalk_hal::reconnecting::State;

/// The states that were told so far.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<Vec<Kind>>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Connecting,
    Connected,
    Lost,
}

impl Told {
    /// The listener that notes them.
    pub(crate) fn listener(&self) -> impl FnMut(State<'_>) + Send + 'static {
        let told = Arc::clone(&self.0);
        move |state| {
            told.lock().unwrap().push(match state {
                State::Connecting { .. } => Kind::Connecting,
                State::Connected { .. } => Kind::Connected,
                State::Lost { .. } => Kind::Lost,
                other => panic!("{other:?}"),
            });
        }
    }

    pub(crate) fn all(&self) -> Vec<Kind> {
        self.0.lock().unwrap().clone()
    }

    /// How many connections there were. Asserts that their states were told in order.
    pub(crate) fn connections(&self) -> usize {
        let all = self.all();
        assert_eq!(all.first(), Some(&Kind::Connecting));
        for pair in all.windows(2) {
            let is_in_order = match pair[0] {
                Kind::Connecting => matches!(pair[1], Kind::Connected | Kind::Lost),
                Kind::Connected => pair[1] == Kind::Lost,
                Kind::Lost => true,
            };
            assert!(is_in_order, "{all:?}");
        }
        all.iter().filter(|kind| **kind == Kind::Connected).count()
    }
}
