//! How long a client waits for a reply, and how that is written.

use syn::{Expr, ExprLit, ExprUnary, Lit, LitInt, UnOp};

use crate::errors::Errors;

/// How long a client waits for a reply.
#[derive(Clone, Copy)]
pub(crate) enum Timeout {
    Ms(u32),
    Never,
}

/// What to write for a timeout that is none.
pub(super) const EXAMPLES: &str =
    "write how long to wait, as in `timeout_ms = 5000`, or `timeout_ms = never`";

/// Whether a number has a minus sign, which may be a part of the literal.
pub(super) fn is_negative(value: &Expr) -> bool {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_digits().starts_with('-'),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => {
            matches!(&**expr, Expr::Lit(ExprLit { lit: Lit::Int(_) | Lit::Float(_), .. }))
        }
        _ => false,
    }
}

/// Returns the timeout of a number of milliseconds.
pub(super) fn milliseconds(number: &LitInt, errors: &mut Errors) -> Option<Timeout> {
    if !number.suffix().is_empty() {
        errors.at(
            number,
            format_args!(
                "`{}` after a timeout has no meaning: it is a number of milliseconds",
                number.suffix()
            ),
            "write it alone, as in `timeout_ms = 5000` for five seconds",
        );
        return None;
    }
    match number.base10_parse::<u32>() {
        Ok(0) => {
            errors.at(number, "no reply can arrive within 0 ms", EXAMPLES);
            None
        }
        Ok(ms) if i32::try_from(ms).is_ok() => Some(Timeout::Ms(ms)),
        _ => {
            errors.at(
                number,
                format_args!("a timeout is at most {} ms", i32::MAX),
                "write `timeout_ms = never` to wait without a limit",
            );
            None
        }
    }
}
