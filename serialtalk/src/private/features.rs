//! What depends on the features of this crate, which a macro cannot see.

/// Its items, if there is async.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_async {
    ($($items:tt)*) => { $($items)* };
}

/// Its items, if there is async.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_async {
    ($($items:tt)*) => {};
}

/// Its items, unless there is async.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __unless_async {
    ($($items:tt)*) => {};
}

/// Its items, unless there is async.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __unless_async {
    ($($items:tt)*) => { $($items)* };
}

/// Callers that can call and await the reply; without the feature `async` there is none, and this only has a message.
#[cfg(not(feature = "async"))]
#[diagnostic::on_unimplemented(
    message = "async calls need the feature `async` of serialtalk",
    label = "there is no async client without that feature",
    note = "add it in Cargo.toml: `features = [\"async\"]`"
)]
pub trait HasAsync: Sized {
    /// Whatever is needed: this is never called.
    fn never<T>(self) -> T;
}

/// Stands in for an async client where there is no async.
#[cfg(not(feature = "async"))]
#[derive(Debug)]
pub struct NoAsyncClient<C>(core::marker::PhantomData<C>);

#[cfg(not(feature = "async"))]
#[allow(clippy::new_ret_no_self, reason = "whatever it returned would cause a second error")]
impl<C: HasAsync> NoAsyncClient<C> {
    /// Refuses to make a client.
    pub fn new<T>(caller: C) -> T {
        caller.never()
    }

    /// Refuses to make a client.
    pub fn over<T>(caller: C) -> T {
        caller.never()
    }

    /// Refuses to make a client.
    pub fn connect<T>(caller: C) -> T {
        caller.never()
    }
}

/// Refuses an async method if there is no async.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_async {
    ($method:literal) => {};
}

/// Refuses an async method if there is no async.
#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_async {
    ($method:literal) => {
        ::core::compile_error!(::core::concat!(
            "`",
            $method,
            "` is async, which needs the feature `async` of serialtalk: add it in Cargo.toml"
        ));
    };
}

/// Refuses a method that is encoded in postcard if there is no postcard.
#[cfg(feature = "postcard")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_postcard {
    ($method:literal) => {};
}

/// Refuses a method that is encoded in postcard if there is no postcard.
#[cfg(not(feature = "postcard"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_postcard {
    ($method:literal) => {
        ::core::compile_error!(::core::concat!(
            "`",
            $method,
            "` is encoded in postcard, which needs the feature `postcard` of serialtalk: add it in Cargo.toml"
        ));
    };
}
