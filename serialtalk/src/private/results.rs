//! What a method returns that can fail.

/// Takes what a method returned that is written `Result<T, E>`: `result::<T, E, Result<T, E>>(returned)`.
pub fn result<T, E, R: StdResult<T, E>>(returned: R) -> Result<T, E> {
    returned.into_result()
}

/// The `Result` of the standard library; only there to have a message for others of that name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the `Result<{T}, {E}>` of the standard library",
    label = "another type of that name",
    note = "give that type another name, or write `core::result::Result<{T}, {E}>` here"
)]
pub trait StdResult<T, E> {
    /// Returns it as what it is.
    fn into_result(self) -> Result<T, E>;
}

impl<T, E> StdResult<T, E> for Result<T, E> {
    fn into_result(self) -> Self {
        self
    }
}
