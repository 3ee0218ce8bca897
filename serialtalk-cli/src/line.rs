//! A call as one line of text: a name and words, as a shell splits them.

use crate::connection::Call;
use crate::failure::{Failure, Result};
use crate::words;

/// The call that a line stands for; `format` says how arguments are packed, as literals if nobody does.
pub(crate) fn call(text: &str, format: Option<&str>) -> Result<Call> {
    let Some(words) = shlex::split(text) else {
        return Err(Failure::usage(format!("`{text}` has a quote without its partner")));
    };
    let mut words = words.into_iter();
    let Some(name) = words.next() else {
        return Err(Failure::usage("a command without a name").hint("serialtalk list shows the names"));
    };
    let arguments = words.map(|word| words::value(word.as_ref())).collect::<std::result::Result<_, _>>()?;
    Ok(Call { name, format: format.map(str::to_owned), arguments })
}
