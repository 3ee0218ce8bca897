//! Closures as commands.

use core::fmt::{Display, Write};

use crate::codec::decode::Decode;
use crate::codec::encode::Encode;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;
use crate::rpc::call::Call;
use crate::rpc::reply::Reply;

/// A closure that can run a command; `A` is the tuple of its arguments.
///
/// Implemented for all closures of up to eight arguments that can be received, and with an [`Answer`].
#[diagnostic::on_unimplemented(
    message = "this closure cannot run a command",
    label = "not a command",
    note = "its arguments must be owned types that can cross the wire (`String` rather than `&str`), up to eight of them",
    note = "its value must be a type that can cross the wire, or a `Result` with an error that has `Display`"
)]
pub trait Handler<A> {
    /// Runs the command; `format` is that of the value, if one was chosen.
    ///
    /// # Errors
    ///
    /// [`Invalid`] if the arguments do not fit their types.
    fn serve(
        &mut self,
        call: &mut Call<'_>,
        format: Option<&str>,
        reply: &mut Reply<'_>,
    ) -> Result<(), Invalid>;
}

/// What a closure that runs a command may return: a value, or a `Result` whose error is sent to the peer as text.
pub trait Answer {
    /// Writes the reply.
    fn answer(self, format: Option<&str>, reply: &mut Reply<'_>);
}

impl<T: Encode> Answer for T {
    fn answer(self, format: Option<&str>, reply: &mut Reply<'_>) {
        reply.value_with(|payload| match format {
            None => payload.value(&self),
            Some(format) => payload.value_as(&self, format),
        });
    }
}

impl<T: Encode, E: Display> Answer for Result<T, E> {
    fn answer(self, format: Option<&str>, reply: &mut Reply<'_>) {
        match self {
            Ok(value) => value.answer(format, reply),
            // Writing to a text that is cut where it is too long cannot fail.
            Err(error) => reply.fail(|text| _ = write!(text, "{error}")),
        }
    }
}

macro_rules! handlers {
    ($($count:literal: $($type:ident $take:ident)*;)*) => {$(
        impl<Closure: FnMut($($type),*) -> R, R: Answer, $($type: for<'a> Decode<'a>),*> Handler<($($type,)*)> for Closure {
            #[allow(non_snake_case)]
            fn serve(&mut self, call: &mut Call<'_>, format: Option<&str>, reply: &mut Reply<'_>) -> Result<(), Invalid> {
                let arguments = call.arguments(&Expected::UNKNOWN);
                arguments.set_arity($count);
                $(let $type = arguments.$take::<$type>()?;)*
                arguments.finish()?;
                self($($type),*).answer(format, reply);
                Ok(())
            }
        }
    )*};
}

handlers! {
    0: ;
    1: A sole;
    2: A argument B argument;
    3: A argument B argument C argument;
    4: A argument B argument C argument D argument;
    5: A argument B argument C argument D argument E argument;
    6: A argument B argument C argument D argument E argument F argument;
    7: A argument B argument C argument D argument E argument F argument G argument;
    8: A argument B argument C argument D argument E argument F argument G argument H argument;
}
