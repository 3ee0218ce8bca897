//! What checked frames are about: a reply has only the number of its call, and a call may have only the number of its command.

use serialtalk::proto::checked::{Control, Kind};

use super::names::Names;
use super::{About, Both, Checked, Side};

/// How many numbers calls have.
const NUMBERS: usize = 16;

/// The payload of a plain command without arguments.
const NO_ARGUMENTS: &[u8] = b"\x01z";

/// The payload of a plain reply without a value.
const NO_VALUE: &[u8] = b"\x00";

/// What the frames before have told.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// The last call of a side that had this number.
    last: Both<[Option<Call>; NUMBERS]>,
    /// The commands of each side.
    names: Both<Names>,
}

#[derive(Debug, Clone)]
struct Call {
    about: About,
    value: Form,
}

/// How a checked frame carries values.
#[derive(Debug, Clone)]
enum Form {
    /// As a plain frame does, with their header.
    Whole,
    /// Packed under this struct format, without their header.
    Under(String),
    /// As the two ends know.
    Unknown,
}

impl Form {
    /// The form of values that are packed under this format, if they are.
    fn of(template: Option<&String>) -> Self {
        template.map_or(Self::Whole, |template| Self::Under(template.clone()))
    }

    /// The payload of a plain frame with these values, and whether it could not be told; `none` if there are no values.
    fn payload(&self, data: &[u8], none: &[u8]) -> (Vec<u8>, bool) {
        match self {
            Self::Unknown => (data.to_vec(), true),
            _ if data.is_empty() => (none.to_vec(), false),
            Self::Whole => (data.to_vec(), false),
            Self::Under(format) => {
                let len = u8::try_from(format.len()).unwrap_or(u8::MAX);
                ([&[len], format.as_bytes(), data].concat(), false)
            }
        }
    }
}

impl Calls {
    /// Forgets all calls: a new session has begun.
    pub(crate) fn forget(&mut self) {
        self.last = Both::default();
    }

    /// Takes a plain frame.
    pub(crate) fn hear(&mut self, side: Side, name: &[u8], payload: &[u8]) {
        match name.strip_suffix(b"ack") {
            Some(command) => self.names.of_mut(side).hear_value(command, payload),
            None => self.names.of_mut(side.other()).hear_command(name, payload),
        }
    }

    /// Reads an intact checked frame.
    pub(crate) fn read(&mut self, side: Side, control: Control, fields: &[u8]) -> Checked {
        let Control { kind, number, .. } = control;
        let (about, (payload, is_bare)) = match (kind, fields) {
            (Kind::Call | Kind::Described, [command, data @ ..]) => {
                self.read_call(side, control, *command, data)
            }
            (Kind::Named | Kind::Note, [len, rest @ ..]) if rest.len() >= usize::from(*len) => {
                let (name, payload) = rest.split_at(usize::from(*len));
                self.names.of_mut(side.other()).hear_command(name, payload);
                let about = About::Name(name.to_vec());
                if kind == Kind::Named {
                    self.note(side, number, Call { about: about.clone(), value: Form::Whole });
                }
                (Some(about), (payload.to_vec(), false))
            }
            (Kind::Reply | Kind::Error | Kind::Gone, data) => {
                let call = self.last.of(side.other()).get(usize::from(number)).cloned().flatten();
                let form = match (kind, &call) {
                    (Kind::Reply, Some(call)) => &call.value,
                    (Kind::Reply, None) => &Form::Unknown,
                    _ => &Form::Whole,
                };
                let (payload, is_bare) = form.payload(data, NO_VALUE);
                if let Some(Call { about: About::Name(name), .. }) = &call {
                    self.names.of_mut(side).hear_value(name, &payload);
                }
                (call.map(|call| call.about), (payload, is_bare))
            }
            (_, fields) => (None, (fields.to_vec(), true)),
        };
        Checked { kind, number, about, payload, is_bare }
    }

    /// Reads a call by the number of a command.
    fn read_call(
        &mut self,
        side: Side,
        control: Control,
        command: u8,
        data: &[u8],
    ) -> (Option<About>, (Vec<u8>, bool)) {
        let known = self.names.of(side.other()).find(command);
        let about = known.map_or(About::Number(command), |known| About::Name(known.name.clone()));
        let arguments = known.map_or(Form::Unknown, |known| Form::of(known.arguments.as_ref()));
        let value = match (control.kind, known) {
            (Kind::Described, _) => Form::Whole,
            (_, Some(known)) => Form::of(known.value.as_ref()),
            (_, None) => Form::Unknown,
        };
        let payload = arguments.payload(data, NO_ARGUMENTS);
        self.note(side, control.number, Call { about: about.clone(), value });
        (Some(about), payload)
    }

    fn note(&mut self, side: Side, number: u8, call: Call) {
        if let Some(last) = self.last.of_mut(side).get_mut(usize::from(number)) {
            *last = Some(call);
        }
    }
}
