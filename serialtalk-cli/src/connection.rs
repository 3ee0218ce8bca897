//! A board that is open: it was greeted, and takes calls.

use std::fmt::Debug;

use serialtalk::proto::{Carried, Carrier, Command, encode_arguments};
use serialtalk::{Arguments, CallError, Caller, Context, Heard, Timeout, Value};
use serialtalk_hal::{LinkError, SerialTalk, Shared, over};

use crate::boards::Board;
use crate::contract;
use crate::escaped::on_one_line;
use crate::failure::{self, Failure, Kind, Result};
use crate::link::BoardLink;
use crate::packing::{NEEDS_FORMAT, packed};
use crate::pause::Pause;
use crate::reply;
use crate::way::{Broken, Way};

/// What carries the calls of a command that is soon over.
pub(crate) type Direct = Way<SerialTalk<BoardLink>>;

/// What carries the calls of a command that goes on: it makes connections again and again, and others use it, too.
pub(crate) type Kept = Way<Shared<LinkError>>;

/// What to try if a board without `echo` does not answer a call.
const OF_CALLS: &str = "another name: a board without `echo` may say nothing of those it does not know\n\
                        --format ff for two floats, if it reads no literals";

/// What to try if a board without `echo` does not tell its commands.
const OF_LISTS: &str = "serialtalk call NAME: a board without `echo` may not tell what it can do";

/// A board that is open.
#[derive(Clone)]
pub(crate) struct Connection<C = Direct> {
    pub(crate) board: Board,
    pub(crate) caller: Carried<C>,
}

/// A command with its arguments.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// How the arguments are packed, as in Python's struct; as literals if nobody says.
    pub(crate) format: Option<String>,
    pub(crate) arguments: Vec<Value>,
}

impl Connection {
    /// Opens a board, waits until it answers, unless it has no `echo`, and does some work with it. Then the session is left, so that
    /// the next program need not wait for its end.
    pub(crate) fn with<T>(board: &Board, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        #[cfg(feature = "fleet")]
        if let Some(remote) = crate::fleet::open(board)? {
            return work(&mut Self::by(Way::Fleet(remote), board));
        }
        Self::with_link(BoardLink::open(board, &Pause::default())?, board, work)
    }

    /// Does some work with a board whose link is open.
    pub(crate) fn with_link<T>(
        link: BoardLink,
        board: &Board,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let mut connection = Self::by(Way::Line(greeted(link, board)?), board);
        let result = work(&mut connection);
        connection.caller.0.leave();
        result
    }

    /// Whether calls go over the checked link from here on.
    pub(crate) fn is_checked(&self) -> bool {
        self.caller.0.is_checked()
    }
}

/// Waits until a board answers, unless it has no `echo`.
pub(crate) fn greeted(link: BoardLink, board: &Board) -> Result<SerialTalk<BoardLink>> {
    let is_forwarded = link.is_forwarded();
    let name = link.name().to_owned();
    let mut talk = over(link, name);
    talk.set_timeout(Timeout::Ms(board.timeout_ms()));
    if is_forwarded {
        talk = talk.plain();
    }
    if !board.has_echo {
        return Ok(talk.without_echo());
    }
    talk.ready(board.timeout_ms()).map_err(|error| match error {
        CallError::Timeout { .. } => {
            failure::no_answer(&error, &board.opened_as(Carrier::name(&talk)), board.timeout)
        }
        error => error.into(),
    })?;
    Ok(talk)
}

impl<C> Connection<C> {
    /// A board that is reached in this way.
    pub(crate) fn by(way: C, board: &Board) -> Self {
        Self { board: board.clone(), caller: Carried(way) }
    }
}

impl<C> Connection<C>
where
    C: Carrier<Error = Broken>,
{
    /// Makes a call for the first time. For a board that reads no literals, the arguments are packed as its signature says, from
    /// now on.
    pub(crate) fn call(&mut self, call: &mut Call) -> Result<Value> {
        match self.called(call) {
            Ok(value) => Ok(value),
            Err(CallError::Refused { error, .. }) if error.is_not_found() => {
                Err(self.no_such_command(&call.name))
            }
            Err(CallError::Refused { error, .. })
                if call.format.is_none() && error.text().contains(NEEDS_FORMAT) =>
            {
                self.pack(call)?;
                self.called(call).map_err(|error| self.failed(error, OF_CALLS))
            }
            Err(error) => Err(self.failed(error, OF_CALLS)),
        }
    }

    /// The names of the commands that the board has.
    pub(crate) fn names(&mut self) -> Result<Vec<String>> {
        self.caller.remote_commands().map_err(|error| self.failed(error, OF_LISTS))
    }

    /// Why a call has failed, with a hint if the board was silent and is known to say little.
    fn failed(&self, error: CallError<Broken>, hint: &str) -> Failure {
        let is_silent =
            matches!(error, CallError::Timeout { .. }) && *error.context().heard() == Heard::Nothing;
        let failure = Failure::from(error);
        if is_silent && !self.board.has_echo { failure.hint(hint) } else { failure }
    }

    /// Packs the arguments for a board that reads no literals.
    fn pack(&mut self, call: &mut Call) -> Result<()> {
        let name = &call.name;
        let known = contract::read(self)?.into_iter().find(|known| known.name == *name);
        let packed = known.and_then(|known| known.told).and_then(|told| packed(&told, &call.arguments));
        let Some((format, arguments)) = packed else {
            let text = format!(
                "the board cannot read the arguments of `{name}` as text, and does not tell their types"
            );
            return Err(Failure::new(Kind::Refused, text)
                .hint("--format FORMAT, as in Python's struct: ff for two floats"));
        };
        (call.format, call.arguments) = (Some(format), arguments);
        Ok(())
    }

    /// Makes a call as it was made before; asks no further questions if it fails.
    pub(crate) fn called(&mut self, call: &Call) -> std::result::Result<Value, CallError<Broken>> {
        let (name, link) = (&call.name, self.caller.0.name().to_owned());
        let payload = encode_arguments(name, |payload| match (&call.format, call.arguments.as_slice()) {
            (None, []) => payload.values(&()),
            (format, values) => {
                payload.values_as(&Arguments(values.to_vec()), format.as_deref().unwrap_or("repr"))
            }
        })
        .map_err(|error| CallError::Unsendable { error, context: Context::new(name, &link, b"") })?;
        let reply = self.caller.0.call_raw(Command::new(name), &payload)?;
        reply::value(reply, name, &link)
    }

    /// Says which commands have nearly the name of one that there is not.
    pub(crate) fn no_such_command(&mut self, name: &str) -> Failure {
        let failure = Failure::new(Kind::Refused, format!("the board has no command `{name}`"));
        let Ok(names) = self.caller.remote_commands() else { return failure };
        let nearest = names
            .iter()
            .map(|known| (strsim::osa_distance(known, name), known))
            .filter(|(distance, _)| *distance <= name.chars().count().div_ceil(3))
            .min();
        match nearest {
            Some((_, known)) => failure.hint(format!("is it `{}`?", on_one_line(known))),
            None => failure.hint("serialtalk list shows the commands that it has"),
        }
    }
}

impl<C> Debug for Connection<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("board", &self.board).finish_non_exhaustive()
    }
}
