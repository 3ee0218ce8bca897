//! Closures as commands.

use core::fmt::{Display, Write};

use crate::command::Call;
use crate::reply::Reply;
use crate::value::{Decode, Encode};

/// A closure that can do a command; `A` is the tuple of its arguments.
///
/// All closures of up to eight arguments that can be received, and with an [`Answer`], are.
#[diagnostic::on_unimplemented(
    message = "this closure cannot do a command",
    label = "not a command",
    note = "its arguments must be owned types that can cross the wire (`String` rather than `&str`), up to eight of them",
    note = "its value must be a type that can cross the wire, or a `Result` with an error that has `Display`"
)]
pub trait Handler<A> {
    /// Does the command; `format` is that of the value, if one was chosen.
    fn serve(&mut self, call: Call<'_>, format: Option<&str>, reply: &mut Reply<'_>);
}

/// What a closure that does a command may return: a value, or a `Result` of one whose error is told to the peer as text.
pub trait Answer {
    /// Writes the reply.
    fn answer(self, format: Option<&str>, reply: &mut Reply<'_>);
}

impl<T: Encode> Answer for T {
    fn answer(self, format: Option<&str>, reply: &mut Reply<'_>) {
        let Some(format) = format else {
            return reply.value().sole(&self, const { &T::SHAPE.format() }.as_str());
        };
        if let Err(problem) = reply.value().chosen_sole(&self, format) {
            reply.unpackable(problem);
        }
    }
}

impl<T: Encode, E: Display> Answer for Result<T, E> {
    fn answer(self, format: Option<&str>, reply: &mut Reply<'_>) {
        match self {
            Ok(value) => value.answer(format, reply),
            Err(error) => reply.fail(|text| {
                // Writing to a buffer that cuts what is too long cannot fail.
                let _ = write!(text, "{error}");
            }),
        }
    }
}

macro_rules! handlers {
    ($($count:literal: $($type:ident $take:ident)*;)*) => {$(
        impl<Closure: FnMut($($type),*) -> R, R: Answer, $($type: for<'a> Decode<'a>),*> Handler<($($type,)*)> for Closure {
            #[allow(non_snake_case, unused_parens)]
            fn serve(&mut self, call: Call<'_>, format: Option<&str>, reply: &mut Reply<'_>) {
                let mut arguments = call.arguments();
                $(let $type = arguments.$take::<$type>();)*
                if let ($(Some($type),)* true) = ($($type,)* reply.accepts_unnamed(&mut arguments)) {
                    self($($type),*).answer(format, reply);
                }
            }
        }
    )*};
}

handlers! {
    0: ;
    1: A take_sole;
    2: A take B take;
    3: A take B take C take;
    4: A take B take C take D take;
    5: A take B take C take D take E take;
    6: A take B take C take D take E take F take;
    7: A take B take C take D take E take F take G take;
    8: A take B take C take D take E take F take G take H take;
}
