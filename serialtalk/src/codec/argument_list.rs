//! Lists of arguments of any length, as generated code passes them: `(a, (b, (c, ())))`.

use super::encode::{Encode, Encoder};

/// The arguments of a call: nested pairs that end with `()`.
pub trait ArgumentList {
    /// How many arguments there are.
    const LEN: usize;
    /// Whether all arguments have a place in a struct format.
    const ARE_PACKABLE: bool;
    /// Whether there are bytes of run-time length among them.
    const HAVE_RUN_TIME_BYTES: bool;
    /// Whether the first argument, if it is the only one, is written as the list of arguments itself.
    const FIRST_IS_SPREAD: bool;

    /// Encodes every argument as an element.
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error>;
}

impl ArgumentList for () {
    const LEN: usize = 0;
    const ARE_PACKABLE: bool = true;
    const HAVE_RUN_TIME_BYTES: bool = false;
    const FIRST_IS_SPREAD: bool = false;

    fn encode<E: Encoder>(&self, _encoder: &mut E) -> Result<(), E::Error> {
        Ok(())
    }
}

impl<First: Encode, Rest: ArgumentList> ArgumentList for (First, Rest) {
    const LEN: usize = 1 + Rest::LEN;
    const ARE_PACKABLE: bool = First::SHAPE.is_packable() && !First::SHAPE.is_empty() && Rest::ARE_PACKABLE;
    const HAVE_RUN_TIME_BYTES: bool = First::SHAPE.has_run_time_bytes() || Rest::HAVE_RUN_TIME_BYTES;
    const FIRST_IS_SPREAD: bool = First::SHAPE.is_spread();

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.element()?;
        self.0.encode(encoder)?;
        self.1.encode(encoder)
    }
}
