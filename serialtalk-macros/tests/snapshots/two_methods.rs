/// A robot.
pub trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn reset(&mut self);
}
/**Calls the commands of [`Robot`] on the other end of a line, and waits for the replies.

It is made of anything that carries calls: an endpoint, or a mutable reference to one.*/
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct RobotClient<C> {
    caller: C,
}
::serialtalk::__private::if_async! {
    #[doc =
    "Calls the commands of [`Robot`] on the other end of a line, and awaits the replies.\n\nIt is made of anything that carries async calls: an endpoint, or a mutable reference to one."]
    #[derive(::core::clone::Clone, ::core::fmt::Debug)] pub struct RobotAsyncClient < C >
    { caller : C, }
}
::serialtalk::__private::unless_async! {
    #[doc(hidden)] pub type RobotAsyncClient < C > =
    ::serialtalk::__private::NoAsyncClient < C >;
}
///Serves the commands of [`Robot`] with a value that implements it.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct RobotServer<T> {
    inner: T,
}
///The description of [`Robot`]: its commands with their types, formats and signatures. As text it is a list of them.
pub const ROBOT_INTERFACE: ::serialtalk::Interface = {
    use ::serialtalk::__private as __st;
    use __st::Unshaped as _;
    __st::Interface {
        name: "Robot",
        docs: "A robot.",
        module: "",
        contract: true,
        describe: __st::Describe::Nothing,
        commands: &[
            __st::command_info! {
                name : "mult", method : "mult", docs : "Product of two numbers.", timeout
                : __st::None, oneway : false, idempotent : false, arguments : [("a",
                "f32", < f32 >), ("b", "f32", < f32 >)], format : none, value : ("f32", <
                f32 >), returns : none, error : none,
            },
            __st::command_info! {
                name : "reset", method : "reset", docs : "", timeout : __st::None, oneway
                : false, idempotent : false, arguments : [], format : none, value : none,
                returns : none, error : none,
            },
        ],
    }
};
const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
    use __st::{bindable as a, bindable as b};
    enum __Command {
        mult,
        reset,
    }
    const __number_mult: __st::usize = __Command::mult as __st::usize;
    const __info_mult: &__st::CommandInfo = &ROBOT_INTERFACE.commands[__number_mult];
    const __number_reset: __st::usize = __Command::reset as __st::usize;
    const __info_reset: &__st::CommandInfo = &ROBOT_INTERFACE.commands[__number_reset];
    static __TABLE: __st::NameTable<{ ROBOT_INTERFACE.commands.len() }> = __st::NameTable::new(
        &ROBOT_INTERFACE,
    );
    const __CLASHES: &[__st::Option<
        &__st::CommandInfo,
    >; ROBOT_INTERFACE.commands.len()] = &__st::NameTable::clashes(
        &__TABLE,
        &ROBOT_INTERFACE,
    );
    const _: () = __info_mult.check_name(__CLASHES[__number_mult]);
    const _: () = __info_mult.check();
    const _: () = __info_reset.check_name(__CLASHES[__number_reset]);
    const _: () = __info_reset.check();
    fn __types_cross() {
        {
            __st::Demand::<f32>::argument();
            __st::Demand::<f32>::argument();
            __st::Demand::<f32>::value();
        }
    }
    #[automatically_derived]
    impl<T: Robot + ?::core::marker::Sized> Robot for &mut T {
        fn mult(&mut self, a: f32, b: f32) -> f32 {
            <T as Robot>::mult(&mut **self, a, b)
        }
        fn reset(&mut self) {
            <T as Robot>::reset(&mut **self)
        }
    }
    __st::clients! {
        pub RobotClient, RobotAsyncClient, ROBOT_INTERFACE
    }
    #[automatically_derived]
    impl RobotClient<()> {
        ///The largest number of bytes that fit a call of `mult`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub const MULT_MAX: __st::usize = __info_mult.max_bytes();
    }
    #[automatically_derived]
    impl<C: __st::Caller> RobotClient<C> {
        /// Product of two numbers.
        ///
        ///Calls the command `mult`, encoded as `2f`, its value as `f`.
        ///
        /**# Errors

Every kind of `CallError` except `Failed`.*/
        pub fn mult(
            &mut self,
            a: f32,
            b: f32,
        ) -> __st::Result<f32, __st::CallError<C::Error>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_mult.command() },
                |__out| {
                    __out
                        .arguments(
                            __st::list!(__st::give!(f32, & a), __st::give!(f32, & b)),
                            const { &__info_mult.expected_arguments() },
                        )
                },
                __st::reply!(__info_mult, f32),
            )
        }
        ///Calls the command `reset`.
        ///
        /**# Errors

Every kind of `CallError` except `Failed`.*/
        pub fn reset(&mut self) -> __st::Result<(), __st::CallError<C::Error>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_reset.command() },
                |__out| {
                    __out
                        .arguments(
                            __st::list!(),
                            const { &__info_reset.expected_arguments() },
                        )
                },
                __st::reply!(__info_reset, ()),
            )
        }
    }
    __st::if_async! {
        #[automatically_derived] impl < C : __st::AsyncCaller > RobotAsyncClient < C > {
        #[doc = r" Product of two numbers."] #[doc = ""] #[doc =
        "Calls the command `mult`, encoded as `2f`, its value as `f`."] #[doc = ""] #[doc
        = "# Errors\n\nEvery kind of `CallError` except `Failed`."] pub async fn mult(&
        mut self, a : f32, b : f32) -> __st::Result < f32, __st::CallError < C::Error >>
        { __st::AsyncCaller::call_with(& mut self.caller, const { __info_mult.command()
        }, | __out | __out.arguments(__st::list!(__st::give!(f32, & a), __st::give!(f32,
        & b)), const { & __info_mult.expected_arguments() }), __st::reply!(__info_mult,
        f32)). await } #[doc = "Calls the command `reset`."] #[doc = ""] #[doc =
        "# Errors\n\nEvery kind of `CallError` except `Failed`."] pub async fn reset(&
        mut self,) -> __st::Result < (), __st::CallError < C::Error >> {
        __st::AsyncCaller::call_with(& mut self.caller, const { __info_reset.command() },
        | __out | __out.arguments(__st::list!(), const { & __info_reset
        .expected_arguments() }), __st::reply!(__info_reset, ())). await } }
    }
    __st::server! {
        pub RobotServer
    }
    static __ARGUMENTS: [&__st::Expected; ROBOT_INTERFACE.commands.len()] = [
        const { &__info_mult.expected_arguments() },
        const { &__info_reset.expected_arguments() },
    ];
    static __HASHES: [__st::u32; ROBOT_INTERFACE.commands.len()] = __st::hashes(
        &ROBOT_INTERFACE,
    );
    #[automatically_derived]
    impl<T: Robot> __st::CommandTable for RobotServer<T> {
        const NAMES: __st::Names = __st::Names::Interface(&ROBOT_INTERFACE);
        const SPAN: __st::usize = ROBOT_INTERFACE.commands.len();
        const HAS_MODULES: __st::bool = false;
        fn count(&self) -> __st::usize {
            <Self as __st::CommandTable>::SPAN
        }
        fn nth(&self, __index: __st::usize) -> __st::Option<&__st::str> {
            __st::NameTable::name(&__TABLE, __index)
        }
        fn find(&self, __name: &[__st::u8]) -> __st::Option<__st::usize> {
            __st::NameTable::find(&__TABLE, __name)
        }
        fn arguments_of(
            &self,
            __number: __st::usize,
        ) -> __st::Option<&'static __st::Expected> {
            __st::arguments_of(&__ARGUMENTS, __number)
        }
        const HAS_SIGNATURES: __st::bool = true;
        fn find_hash(&self, __hash: __st::u32) -> __st::Option<__st::usize> {
            __st::find_hash(&__HASHES, __hash)
        }
    }
    fn __serve_mult<T: Robot>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call.arguments(const { &__info_mult.expected_arguments() });
        let a = __st::take!(f32).argument(__arguments)?;
        let b = __st::take!(f32).argument(__arguments)?;
        __arguments.finish()?;
        let __value = <T as Robot>::mult(__inner, a, b);
        __reply
            .value(__st::give!(f32, & __value), const { &__info_mult.expected_value() });
        __st::Ok(())
    }
    fn __serve_reset<T: Robot>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call.arguments(const { &__info_reset.expected_arguments() });
        __arguments.finish()?;
        <T as Robot>::reset(__inner);
        __st::Ok(())
    }
    #[automatically_derived]
    impl<T: Robot> __st::Service for RobotServer<T> {
        fn serve(
            &mut self,
            __number: __st::usize,
            __call: &mut __st::Call<'_>,
            __reply: &mut __st::Reply<'_>,
        ) -> __st::Result<(), __st::Invalid> {
            match __number {
                __number_mult => __serve_mult(&mut self.inner, __call, __reply),
                __number_reset => __serve_reset(&mut self.inner, __call, __reply),
                _ => __st::Ok(()),
            }
        }
    }
    __st::if_async! {
        #[automatically_derived] impl < T : Robot > __st::AsyncService for RobotServer <
        T > { async fn serve(& mut self, __number : __st::usize, __call : & mut
        __st::Call < '_ >, __reply : & mut __st::Reply < '_ >,) -> __st::Result < (),
        __st::Invalid > { __st::Service::serve(self, __number, __call, __reply) } }
    }
};
