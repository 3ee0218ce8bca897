::core::compile_error! {
    "`usize` has a different width on every machine and cannot cross the wire\nwrite `u32` (or `u16`, `u8`)"
}
pub trait Robot {
    fn read(&mut self, index: usize) -> u8;
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
        docs: "",
        module: "",
        contract: true,
        describe: __st::Describe::Nothing,
        commands: &[
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
    enum __Command {
        reset,
    }
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
    const _: () = __info_reset.check_name(__CLASHES[__number_reset]);
    const _: () = __info_reset.check();
    fn __types_cross() {}
    __st::clients! {
        pub RobotClient, RobotAsyncClient, ROBOT_INTERFACE
    }
    impl<C: __st::Caller> RobotClient<C> {
        pub fn read(
            &mut self,
            index: usize,
        ) -> __st::Result<u8, __st::CallError<C::Error>> {
            loop {}
        }
        pub fn reset(&mut self) -> __st::Result<(), __st::CallError<C::Error>> {
            loop {}
        }
    }
    __st::if_async! {
        impl < C : __st::AsyncCaller > RobotAsyncClient < C > { pub async fn read(& mut
        self, index : usize) -> __st::Result < u8, __st::CallError < C::Error >> { loop
        {} } pub async fn reset(& mut self,) -> __st::Result < (), __st::CallError <
        C::Error >> { loop {} } }
    }
    __st::server! {
        pub RobotServer
    }
    impl<T> __st::CommandTable for RobotServer<T> {
        const NAMES: __st::Names = __st::Names::None;
        const SPAN: __st::usize = 0;
        const HAS_MODULES: __st::bool = false;
        fn count(&self) -> __st::usize {
            0
        }
        fn nth(&self, _index: __st::usize) -> __st::Option<&__st::str> {
            __st::None
        }
        fn find(&self, _name: &[__st::u8]) -> __st::Option<__st::usize> {
            __st::None
        }
    }
    impl<T> __st::Service for RobotServer<T> {
        fn serve(
            &mut self,
            _number: __st::usize,
            _call: &mut __st::Call<'_>,
            _reply: &mut __st::Reply<'_>,
        ) -> __st::Result<(), __st::Invalid> {
            __st::Ok(())
        }
    }
    __st::if_async! {
        impl < T > __st::AsyncService for RobotServer < T > { async fn serve(& mut self,
        _number : __st::usize, _call : & mut __st::Call < '_ >, _reply : & mut
        __st::Reply < '_ >,) -> __st::Result < (), __st::Invalid > { __st::Ok(()) } }
    }
};
