pub trait Arm {
    #[cfg(unix)]
    fn grip(&self, force: u8) -> Result<u8, Fault>;
    async fn set_color(&mut self, rgb: [u8; 3]) -> Result<(), Fault>;
    #[deprecated]
    fn upload(&mut self, block: &[u8]);
    fn drive(&mut self, motor: u8, speed: f32) -> Plan;
    fn cost(&mut self, plan: Plan) -> f32;
}
/**Calls the commands of [`Arm`] on the other end of a line, and waits for the replies.

It is made of anything that carries calls: an endpoint, or a mutable reference to one.*/
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct ArmClient<C> {
    caller: C,
}
::serialtalk::__private::if_async! {
    #[doc =
    "Calls the commands of [`Arm`] on the other end of a line, and awaits the replies.\n\nIt is made of anything that carries async calls: an endpoint, or a mutable reference to one."]
    #[derive(::core::clone::Clone, ::core::fmt::Debug)] pub struct ArmAsyncClient < C > {
    caller : C, }
}
::serialtalk::__private::unless_async! {
    #[doc(hidden)] pub type ArmAsyncClient < C > = ::serialtalk::__private::NoAsyncClient
    < C >;
}
///Serves the commands of [`Arm`] with a value that implements it.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct ArmServer<T> {
    inner: T,
}
///The description of [`Arm`]: its commands with their types, formats and signatures. As text it is a list of them.
pub const ARM_INTERFACE: ::serialtalk::Interface = {
    use ::serialtalk::__private as __st;
    use __st::Unshaped as _;
    __st::Interface {
        name: "Arm",
        docs: "",
        module: "",
        contract: false,
        describe: __st::Describe::Nothing,
        commands: &[
            #[cfg(unix)]
            __st::command_info! {
                name : "grip", method : "grip", docs : "", timeout :
                __st::Some(__st::Timeout::Ms(5000u32)), oneway : false, idempotent :
                true, arguments : [("force", "u8", < u8 >)], format : none, value :
                ("u8", < u8 >), returns : none, error : ("Fault", < Fault >),
            },
            __st::command_info! {
                name : "set color", method : "set_color", docs : "", timeout :
                __st::None, oneway : false, idempotent : false, arguments : [("rgb",
                "[u8; 3]", < [u8; 3] >)], format : "repr", value : none, returns : none,
                error : ("Fault", < Fault >),
            },
            #[allow(deprecated)]
            {
                __st::command_info! {
                    name : "upload", method : "upload", docs : "", timeout : __st::None,
                    oneway : true, idempotent : false, arguments : [("block", "&[u8]", <
                    & [u8] >)], format : "raw", value : none, returns : none, error :
                    none,
                }
            },
            __st::command_info! {
                name : "drive", method : "drive", docs : "", timeout : __st::None, oneway
                : false, idempotent : false, arguments : [("motor", "u8", < u8 >),
                ("speed", "f32", < f32 >)], format : "<Bf", value : ("Plan", < Plan >),
                returns : "postcard", error : none,
            },
            __st::command_info! {
                name : "cost", method : "cost", docs : "", timeout : __st::None, oneway :
                false, idempotent : false, arguments : [("plan", "Plan", < Plan >)],
                format : "postcard", value : ("f32", < f32 >), returns : "f", error :
                none,
            },
        ],
    }
};
const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
    use __st::{
        bindable as force, bindable as rgb, bindable as block, bindable as motor,
        bindable as speed, bindable as plan,
    };
    enum __Command {
        #[cfg(unix)]
        grip,
        set_color,
        upload,
        drive,
        cost,
    }
    #[cfg(unix)]
    const __number_grip: __st::usize = __Command::grip as __st::usize;
    #[cfg(unix)]
    const __info_grip: &__st::CommandInfo = &ARM_INTERFACE.commands[__number_grip];
    const __number_set_color: __st::usize = __Command::set_color as __st::usize;
    const __info_set_color: &__st::CommandInfo = &ARM_INTERFACE
        .commands[__number_set_color];
    const __number_upload: __st::usize = __Command::upload as __st::usize;
    const __info_upload: &__st::CommandInfo = &ARM_INTERFACE.commands[__number_upload];
    const __number_drive: __st::usize = __Command::drive as __st::usize;
    const __info_drive: &__st::CommandInfo = &ARM_INTERFACE.commands[__number_drive];
    const __number_cost: __st::usize = __Command::cost as __st::usize;
    const __info_cost: &__st::CommandInfo = &ARM_INTERFACE.commands[__number_cost];
    static __TABLE: __st::NameTable<{ ARM_INTERFACE.commands.len() }> = __st::NameTable::new(
        &ARM_INTERFACE,
    );
    const __CLASHES: &[__st::Option<&__st::CommandInfo>; ARM_INTERFACE.commands.len()] = &__st::NameTable::clashes(
        &__TABLE,
        &ARM_INTERFACE,
    );
    #[cfg(unix)]
    const _: () = __info_grip.check_name(__CLASHES[__number_grip]);
    #[cfg(unix)]
    const _: () = __info_grip.check();
    const _: () = __info_set_color.check_name(__CLASHES[__number_set_color]);
    const _: () = __info_set_color.check();
    #[allow(deprecated)]
    const _: () = __info_upload.check_name(__CLASHES[__number_upload]);
    #[allow(deprecated)]
    const _: () = __info_upload.check();
    #[allow(deprecated)]
    const _: () = __info_upload.check_raw_argument();
    const _: () = __info_drive.check_name(__CLASHES[__number_drive]);
    const _: () = __info_drive.check();
    const _: () = __info_drive.check_format();
    const _: () = __info_cost.check_name(__CLASHES[__number_cost]);
    const _: () = __info_cost.check();
    const _: () = __info_cost.check_return_format();
    __st::need_postcard!("drive");
    __st::need_postcard!("cost");
    fn __types_cross() {
        #[cfg(unix)]
        {
            __st::Demand::<u8>::argument();
            __st::Demand::<u8>::value();
            __st::Demand::<Fault>::value();
        }
        {
            __st::crosses!([u8; 3]).must_cross();
            __st::crosses!(Fault).must_cross();
        }
        #[allow(deprecated)]
        {
            __st::Demand::<&[u8]>::argument();
        }
        {
            __st::Demand::<u8>::argument();
            __st::Demand::<f32>::argument();
            __st::DemandSerde::<Plan>::value();
        }
        {
            __st::DemandSerde::<Plan>::argument();
            __st::Demand::<f32>::value();
        }
    }
    #[automatically_derived]
    impl<T: Arm + ?::core::marker::Sized> Arm for &mut T {
        #[cfg(unix)]
        fn grip(&self, force: u8) -> Result<u8, Fault> {
            <T as Arm>::grip(&**self, force)
        }
        #[allow(clippy::future_not_send)]
        async fn set_color(&mut self, rgb: [u8; 3]) -> Result<(), Fault> {
            <T as Arm>::set_color(&mut **self, rgb).await
        }
        #[allow(deprecated)]
        fn upload(&mut self, block: &[u8]) {
            <T as Arm>::upload(&mut **self, block)
        }
        fn drive(&mut self, motor: u8, speed: f32) -> Plan {
            <T as Arm>::drive(&mut **self, motor, speed)
        }
        fn cost(&mut self, plan: Plan) -> f32 {
            <T as Arm>::cost(&mut **self, plan)
        }
    }
    __st::clients! {
        pub ArmClient, ArmAsyncClient, ARM_INTERFACE
    }
    #[automatically_derived]
    impl ArmClient<()> {
        #[cfg(unix)]
        ///The largest number of bytes that fit a call of `grip`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub const GRIP_MAX: __st::usize = __info_grip.max_bytes();
        ///The largest number of bytes that fit a call of `set_color`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub const SET_COLOR_MAX: __st::usize = __info_set_color.max_bytes();
        #[allow(deprecated)]
        ///The largest number of bytes that fit a call of `upload`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        #[deprecated]
        pub const UPLOAD_MAX: __st::usize = __info_upload.max_bytes();
        ///The largest number of bytes that fit a call of `drive`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub const DRIVE_MAX: __st::usize = __info_drive.max_bytes();
        ///The largest number of bytes that fit a call of `cost`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub const COST_MAX: __st::usize = __info_cost.max_bytes();
    }
    #[automatically_derived]
    impl<C: __st::Caller> ArmClient<C> {
        #[cfg(unix)]
        ///Calls the command `grip`, encoded as `B`, its value as `B`. Waits at most 5000 ms for the reply. May be sent again if no reply arrives.
        ///
        /**# Errors

Every kind of `CallError`; `Failed` holds [`Fault`](Fault).*/
        pub fn grip(
            &mut self,
            force: u8,
        ) -> __st::Result<u8, __st::CallError<C::Error, Fault>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_grip.command() },
                |__out| {
                    __out
                        .arguments(
                            __st::list!(__st::give!(u8, & force)),
                            const { &__info_grip.expected_arguments() },
                        )
                },
                __st::reply!(__info_grip, u8, Fault),
            )
        }
        ///Calls the command `set color`, encoded as `repr`.
        ///
        /**# Errors

Every kind of `CallError`; `Failed` holds [`Fault`](Fault).*/
        pub fn set_color(
            &mut self,
            rgb: [u8; 3],
        ) -> __st::Result<(), __st::CallError<C::Error, Fault>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_set_color.command() },
                |__out| {
                    __out.literal_arguments(__st::list!(__st::give!(repr[u8; 3], & rgb)))
                },
                __st::reply!(__info_set_color, (), repr Fault),
            )
        }
        #[allow(deprecated)]
        ///Calls the command `upload`, encoded as `raw`. Does not wait for the reply.
        ///
        /**# Errors

Arguments that cannot be sent, and errors of the link.*/
        #[deprecated]
        pub fn upload(
            &mut self,
            block: &[u8],
        ) -> __st::Result<(), __st::CallError<C::Error>> {
            __st::Caller::send_with(
                &mut self.caller,
                "upload",
                |__out| __st::Ok(__out.raw(__st::give!(& [u8], & block))?),
            )
        }
        ///Calls the command `drive`, encoded as `<Bf`, its value as `postcard`.
        ///
        /**# Errors

Every kind of `CallError` except `Failed`.*/
        pub fn drive(
            &mut self,
            motor: u8,
            speed: f32,
        ) -> __st::Result<Plan, __st::CallError<C::Error>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_drive.command() },
                |__out| {
                    let __arguments = __st::list!(
                        __st::give!(u8, & motor), __st::give!(f32, & speed)
                    );
                    if const { __info_drive.is_laid_out() } {
                        __out.packed_arguments(__arguments, "<Bf")
                    } else {
                        __out.arguments_by_format(__arguments, "<Bf")
                    }
                },
                __st::reply!(__info_drive, postcard Plan),
            )
        }
        ///Calls the command `cost`, encoded as `postcard`, its value as `f`.
        ///
        /**# Errors

Every kind of `CallError` except `Failed`.*/
        pub fn cost(
            &mut self,
            plan: Plan,
        ) -> __st::Result<f32, __st::CallError<C::Error>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_cost.command() },
                |__out| {
                    __out
                        .postcard_arguments(
                            __st::list!(__st::give!(postcard Plan, & plan)),
                        )
                },
                __st::reply!(__info_cost, f32),
            )
        }
    }
    __st::if_async! {
        #[automatically_derived] impl < C : __st::AsyncCaller > ArmAsyncClient < C > {
        #[cfg(unix)] #[doc =
        "Calls the command `grip`, encoded as `B`, its value as `B`. Waits at most 5000 ms for the reply. May be sent again if no reply arrives."]
        #[doc = ""] #[doc =
        "# Errors\n\nEvery kind of `CallError`; `Failed` holds [`Fault`](Fault)."] pub
        async fn grip(& mut self, force : u8) -> __st::Result < u8, __st::CallError <
        C::Error, Fault >> { __st::AsyncCaller::call_with(& mut self.caller, const {
        __info_grip.command() }, | __out | __out.arguments(__st::list!(__st::give!(u8, &
        force)), const { & __info_grip.expected_arguments() }), __st::reply!(__info_grip,
        u8, Fault)). await } #[doc = "Calls the command `set color`, encoded as `repr`."]
        #[doc = ""] #[doc =
        "# Errors\n\nEvery kind of `CallError`; `Failed` holds [`Fault`](Fault)."] pub
        async fn set_color(& mut self, rgb : [u8; 3]) -> __st::Result < (),
        __st::CallError < C::Error, Fault >> { __st::AsyncCaller::call_with(& mut self
        .caller, const { __info_set_color.command() }, | __out | __out
        .literal_arguments(__st::list!(__st::give!(repr[u8; 3], & rgb))),
        __st::reply!(__info_set_color, (), repr Fault)). await } #[allow(deprecated)]
        #[doc =
        "Calls the command `upload`, encoded as `raw`. Does not wait for the reply."]
        #[doc = ""] #[doc =
        "# Errors\n\nArguments that cannot be sent, and errors of the link."]
        #[deprecated] pub async fn upload(& mut self, block : & [u8]) -> __st::Result <
        (), __st::CallError < C::Error >> { __st::AsyncCaller::send_with(& mut self
        .caller, "upload", | __out | __st::Ok(__out.raw(__st::give!(& [u8], & block)) ?))
        . await } #[doc =
        "Calls the command `drive`, encoded as `<Bf`, its value as `postcard`."] #[doc =
        ""] #[doc = "# Errors\n\nEvery kind of `CallError` except `Failed`."] pub async
        fn drive(& mut self, motor : u8, speed : f32) -> __st::Result < Plan,
        __st::CallError < C::Error >> { __st::AsyncCaller::call_with(& mut self.caller,
        const { __info_drive.command() }, | __out | { let __arguments =
        __st::list!(__st::give!(u8, & motor), __st::give!(f32, & speed)); if const {
        __info_drive.is_laid_out() } { __out.packed_arguments(__arguments, "<Bf") } else
        { __out.arguments_by_format(__arguments, "<Bf") } }, __st::reply!(__info_drive,
        postcard Plan)). await } #[doc =
        "Calls the command `cost`, encoded as `postcard`, its value as `f`."] #[doc = ""]
        #[doc = "# Errors\n\nEvery kind of `CallError` except `Failed`."] pub async fn
        cost(& mut self, plan : Plan) -> __st::Result < f32, __st::CallError < C::Error
        >> { __st::AsyncCaller::call_with(& mut self.caller, const { __info_cost
        .command() }, | __out | __out.postcard_arguments(__st::list!(__st::give!(postcard
        Plan, & plan))), __st::reply!(__info_cost, f32)). await } }
    }
    __st::server! {
        pub ArmServer
    }
    static __ARGUMENTS: [&__st::Expected; ARM_INTERFACE.commands.len()] = [
        #[cfg(unix)]
        const { &__info_grip.expected_arguments() },
        const { &__info_set_color.expected_arguments() },
        const { &__info_upload.expected_arguments() },
        const { &__info_drive.expected_arguments() },
        const { &__info_cost.expected_arguments() },
    ];
    #[automatically_derived]
    impl<T: Arm> __st::CommandTable for ArmServer<T> {
        const NAMES: __st::Names = __st::Names::Interface(&ARM_INTERFACE);
        const SPAN: __st::usize = ARM_INTERFACE.commands.len();
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
    }
    #[cfg(unix)]
    fn __serve_grip<T: Arm>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call.arguments(const { &__info_grip.expected_arguments() });
        let force = __st::take!(u8).sole(__arguments)?;
        __arguments.finish()?;
        match __st::result::<
            u8,
            Fault,
            Result<u8, Fault>,
        >(<T as Arm>::grip(__inner, force)) {
            __st::Ok(__value) => {
                __reply
                    .value(
                        __st::give!(u8, & __value),
                        const { &__info_grip.expected_value() },
                    );
            }
            __st::Err(__error) => {
                __reply.fail_with(&__st::give!(Fault, & __error));
            }
        }
        __st::Ok(())
    }
    #[allow(clippy::future_not_send)]
    async fn __serve_set_color<T: Arm>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call
            .arguments(const { &__info_set_color.expected_arguments() });
        let rgb = __st::take!(repr[u8; 3]).sole(__arguments)?;
        __arguments.finish()?;
        match __st::result::<
            (),
            Fault,
            Result<(), Fault>,
        >(<T as Arm>::set_color(__inner, rgb).await) {
            __st::Ok(__value) => {}
            __st::Err(__error) => {
                __reply.fail_with(&__st::give!(repr Fault, & __error));
            }
        }
        __st::Ok(())
    }
    #[allow(deprecated)]
    fn __serve_upload<T: Arm>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call
            .arguments(const { &__info_upload.expected_arguments() });
        let block = __st::take!(& [u8]).sole(__arguments)?;
        __arguments.finish()?;
        <T as Arm>::upload(__inner, block);
        __st::Ok(())
    }
    fn __serve_drive<T: Arm>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call.arguments(const { &__info_drive.expected_arguments() });
        let motor = __st::take!(u8).argument(__arguments)?;
        let speed = __st::take!(f32).argument(__arguments)?;
        __arguments.finish()?;
        let __value = <T as Arm>::drive(__inner, motor, speed);
        __reply.postcard(__st::give!(postcard Plan, & __value));
        __st::Ok(())
    }
    fn __serve_cost<T: Arm>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call.arguments(const { &__info_cost.expected_arguments() });
        let plan = __st::take!(postcard Plan).sole(__arguments)?;
        __arguments.finish()?;
        let __value = <T as Arm>::cost(__inner, plan);
        if const { __info_cost.returns_laid_out() } {
            __reply.packed(__st::give!(f32, & __value), "f");
        } else {
            __reply.by_format(__st::give!(f32, & __value), "f");
        }
        __st::Ok(())
    }
    __st::need_async!("set_color");
    __st::if_async! {
        #[automatically_derived] impl < T : Arm > __st::AsyncService for ArmServer < T >
        { #[allow(clippy::future_not_send)] async fn serve(& mut self, __number :
        __st::usize, __call : & mut __st::Call < '_ >, __reply : & mut __st::Reply < '_
        >,) -> __st::Result < (), __st::Invalid > { match __number { #[cfg(unix)]
        __number_grip => __serve_grip(& mut self.inner, __call, __reply),
        __number_set_color => __serve_set_color(& mut self.inner, __call, __reply).
        await, __number_upload => __serve_upload(& mut self.inner, __call, __reply),
        __number_drive => __serve_drive(& mut self.inner, __call, __reply), __number_cost
        => __serve_cost(& mut self.inner, __call, __reply), _ => __st::Ok(()), } } }
    }
};
