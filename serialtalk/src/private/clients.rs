//! The functions of clients and servers that are alike for all interfaces.

/// The functions of clients besides their commands: `clients!(pub RobotClient, RobotAsyncClient, ROBOT_INTERFACE)`, with `, module "arm"`
/// for an interface whose commands are off until that module is loaded.
#[doc(hidden)]
#[macro_export]
macro_rules! __clients {
    ($visibility:vis $client:ident, $async_client:ident, $interface:ident $(, module $module:literal)?) => {
        const _: () = {
            // Parameters that keep their names whatever these mean where the trait stands.
            use $crate::__private::{bindable as caller, bindable as timeout};
            $crate::__clients!(@all $visibility $client, $async_client, $interface $(, module $module)?);
        };
    };
    (@all $visibility:vis $client:ident, $async_client:ident, $interface:ident $(, module $module:literal)?) => {
        $crate::__clients!(@of_any_caller $visibility $client);
        $crate::__clients!(
            @of_caller $visibility $client, $interface, Caller, Within, [], [] $(, module $module)?
        );

        $crate::__if_async! {
            $crate::__clients!(@of_any_caller $visibility $async_client);
            $crate::__clients!(
                @of_caller $visibility $async_client, $interface, AsyncCaller, AsyncWithin, [async], [.await]
                $(, module $module)?
            );

            #[automatically_derived]
            impl<C: $crate::__private::AsyncCaller> $client<C> {
                #[doc = ::core::concat!(
                    "Connects the async client, as [`",
                    ::core::stringify!($async_client),
                    "::connect`] does."
                )]
                ///
                /// # Errors
                ///
                /// A command that the peer has with another signature, a timeout, and errors of the link.
                $visibility async fn connect_async(
                    caller: C,
                ) -> $crate::__private::Result<$async_client<C>, $crate::__private::CallError<C::Error>> {
                    $async_client::connect(caller).await
                }
            }
        }

        $crate::__unless_async! {
            #[automatically_derived]
            impl<C> $client<C> {
                /// Refuses to connect.
                #[doc(hidden)]
                $visibility fn connect_async<T>(caller: C) -> T
                where
                    C: $crate::__private::HasAsync,
                {
                    $crate::__private::HasAsync::never(caller)
                }
            }

            // A use of what stands in for the async client.
            const _: $crate::__private::PhantomData<$async_client<()>> = $crate::__private::PhantomData;
        }
    };
    (
        @of_caller $visibility:vis $client:ident, $interface:ident, $Caller:ident, $Within:ident,
        [$($async:ident)?], [$($await:tt)*] $(, module $module:literal)?
    ) => {
        #[automatically_derived]
        impl<C: $crate::__private::$Caller> $client<C> {
            /// Creates a client of a caller that checks by itself, whenever it connects, that its peer has this interface:
            /// tells it so, and asks the peer nothing. Over any other caller it is what `new` makes.
            $visibility fn over(mut caller: C) -> Self {
                $crate::__private::$Caller::expect_interface(&mut caller, &$interface);
                Self { caller }
            }

            /// Waits up to five seconds for an answer of the peer, which may still be booting, and compares the
            /// signatures of commands at both ends, unless the peer does not compare.
            $(#[doc = ::core::concat!("Before that, it loads the peer's module `", $module, "`.")])?
            ///
            /// # Errors
            ///
            /// A command that the peer has with another signature, a timeout, and errors of the link.
            $visibility $($async)? fn connect(
                mut caller: C,
            ) -> $crate::__private::Result<Self, $crate::__private::CallError<C::Error>> {
                $crate::__private::$Caller::agree(&mut caller, &$interface, $crate::__private::DEFAULT_READY_MS)
                    $($await)*?;
                $crate::__private::Ok(Self { caller })
            }

            /// Returns a client that waits this long for replies, whatever the commands say.
            $visibility fn within(
                &mut self,
                timeout: $crate::__private::Timeout,
            ) -> $client<$crate::__private::$Within<'_, C>> {
                $client { caller: $crate::__private::$Caller::within(&mut self.caller, timeout) }
            }
        }

        #[automatically_derived]
        impl<C: $crate::__private::$Caller> $crate::__private::Client<C> for $client<C> {
            const INTERFACE: &'static $crate::__private::Interface = &$interface;

            fn over(caller: C) -> Self {
                $client::over(caller)
            }

            fn into_caller(self) -> C {
                self.caller
            }
        }
    };
    (@of_any_caller $visibility:vis $client:ident) => {
        #[automatically_derived]
        impl<C> $client<C> {
            /// Creates a client whose calls go through `caller`. Asks the peer nothing.
            $visibility const fn new(caller: C) -> Self {
                Self { caller }
            }

            /// Returns what carries the calls.
            $visibility const fn caller(&self) -> &C {
                &self.caller
            }

            /// Returns what carries the calls.
            $visibility const fn caller_mut(&mut self) -> &mut C {
                &mut self.caller
            }

            /// Returns what carries the calls, and drops the client.
            $visibility fn into_caller(self) -> C {
                self.caller
            }
        }

        #[automatically_derived]
        impl<C> ::core::convert::From<C> for $client<C> {
            fn from(caller: C) -> Self {
                Self { caller }
            }
        }
    };
}

/// The functions of a server besides its commands: `server!(pub RobotServer)`, with `, is_loaded` if it has such a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __server {
    ($visibility:vis $server:ident $(, $is_loaded:ident)?) => {
        const _: () = {
            // A parameter that keeps its name whatever this means where the trait stands.
            use $crate::__private::bindable as inner;
            $crate::__server!(@all $visibility $server $(, $is_loaded)?);
        };

        // A use of the server, and so of its service and of every method of the trait: a program may only call.
        const _: $crate::__private::PhantomData<$server<()>> = $crate::__private::PhantomData;
    };
    (@all $visibility:vis $server:ident $(, $is_loaded:ident)?) => {
        #[automatically_derived]
        impl<T> $server<T> {
            /// Creates a server of a value that implements the trait.
            $visibility const fn new(inner: T) -> Self {
                Self { inner $(, $is_loaded: false)? }
            }

            /// Returns the value that implements the trait.
            $visibility const fn inner(&self) -> &T {
                &self.inner
            }

            /// Returns the value that implements the trait.
            $visibility const fn inner_mut(&mut self) -> &mut T {
                &mut self.inner
            }

            /// Returns the value that implements the trait, and drops the server.
            $visibility fn into_inner(self) -> T {
                self.inner
            }
        }

        #[automatically_derived]
        impl<T> $crate::__private::State<T, $crate::__private::Here> for $server<T> {
            fn state(&mut self) -> &mut T {
                &mut self.inner
            }
        }
    };
}
