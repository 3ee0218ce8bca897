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
