//! What checked frames are about: a reply has only the number of its call.

use serialtalk::proto::checked::{Control, Kind};

use super::{About, Both, Checked, Side};

/// How many numbers there are.
const NUMBERS: usize = 16;

/// The calls whose replies may come.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// The last call of a side that had this number.
    last: Both<[Option<Call>; NUMBERS]>,
}

#[derive(Debug, Clone)]
struct Call {
    about: About,
    /// Whether its value comes without the header of its struct format.
    is_bare: bool,
}

impl Calls {
    /// Forgets all calls: a new session has begun.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Reads an intact frame.
    pub(crate) fn read(&mut self, side: Side, control: Control, fields: &[u8]) -> Checked {
        let Control { kind, number, .. } = control;
        let place = usize::from(number) % NUMBERS;
        let checked = |about, payload: &[u8], is_bare| Checked {
            kind,
            number,
            about,
            payload: payload.to_vec(),
            is_bare,
        };
        match (kind, fields) {
            (Kind::Call | Kind::Described, [command, data @ ..]) => {
                let about = About::Number(*command);
                let call = Call { about: about.clone(), is_bare: kind == Kind::Call };
                self.last.of_mut(side)[place] = Some(call);
                checked(Some(about), data, true)
            }
            (Kind::Named | Kind::Note, [len, rest @ ..]) if rest.len() >= usize::from(*len) => {
                let (name, payload) = rest.split_at(usize::from(*len));
                let about = About::Name(name.to_vec());
                if kind == Kind::Named {
                    self.last.of_mut(side)[place] = Some(Call { about: about.clone(), is_bare: false });
                }
                checked(Some(about), payload, false)
            }
            (Kind::Reply | Kind::Error, payload) => {
                let call = self.last.of(side.other())[place].clone();
                let is_bare = kind == Kind::Reply && call.as_ref().is_none_or(|call| call.is_bare);
                checked(call.map(|call| call.about), payload, is_bare)
            }
            (Kind::Gone, fields) => {
                checked(self.last.of(side.other())[place].clone().map(|call| call.about), fields, false)
            }
            (_, fields) => checked(None, fields, true),
        }
    }
}
