//! The arms of a dispatch.

/// How many bytes the values of a command may have for it to be done where it is dispatched.
const MOST: usize = 32;

/// Does a command; `V` is the tuple of its arguments and its value.
///
/// One with large values is done in a function of its own, so that those without need no stack for them.
#[inline(always)]
pub fn arm<V>(command: impl FnOnce()) {
    if const { size_of::<V>() > MOST } {
        apart(command);
    } else {
        command();
    }
}

#[inline(never)]
fn apart(command: impl FnOnce()) {
    command();
}
