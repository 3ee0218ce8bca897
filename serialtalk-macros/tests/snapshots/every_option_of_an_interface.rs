pub(crate) trait Arm: Send {
    fn grip(
        &self,
        force: u8,
    ) -> impl ::core::future::Future<Output = Result<u8, Fault>> + ::core::marker::Send;
    fn pose(&self) -> Pose;
}
/**Calls the commands of [`Arm`] on the other end of a line, and waits for the replies.

It is made of anything that carries calls: an endpoint, or a mutable reference to one.*/
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub(crate) struct ArmClient<C> {
    caller: C,
}
::robots::wire::__private::if_async! {
    #[doc =
    "Calls the commands of [`Arm`] on the other end of a line, and awaits the replies.\n\nIt is made of anything that carries async calls: an endpoint, or a mutable reference to one."]
    #[derive(::core::clone::Clone, ::core::fmt::Debug)] pub (crate) struct ArmAsyncClient
    < C > { caller : C, }
}
::robots::wire::__private::unless_async! {
    #[doc(hidden)] pub (crate) type ArmAsyncClient < C > =
    ::robots::wire::__private::NoAsyncClient < C >;
}
/**Serves the commands of [`Arm`] with a value that implements it.

The commands are off until the peer loads the module `arm`.*/
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub(crate) struct ArmServer<T> {
    inner: T,
    is_loaded: ::core::primitive::bool,
}
///The description of [`Arm`]: its commands with their types, formats and signatures. As text it is a list of them.
pub(crate) const ARM_INTERFACE: ::robots::wire::Interface = {
    use ::robots::wire::__private as __st;
    use __st::Unshaped as _;
    __st::Interface {
        name: "Arm",
        docs: "",
        module: "arm",
        contract: true,
        describe: __st::Describe::Signatures,
        commands: &[
            __st::command_info! {
                name : "arm.grip", method : "grip", docs : "", timeout : __st::None,
                oneway : false, idempotent : false, arguments : [("force", "u8", < u8
                >)], format : none, value : ("u8", < u8 >), returns : none, error :
                ("Fault", < Fault >),
            },
            __st::command_info! {
                name : "arm.pose", method : "pose", docs : "", timeout : __st::None,
                oneway : false, idempotent : false, arguments : [], format : none, value
                : ("Pose", < Pose >), returns : none, error : none,
            },
        ],
    }
};
const _: () = {
    use ::robots::wire::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
    use __st::bindable as force;
    enum __Command {
        grip,
        pose,
    }
    const __number_grip: __st::usize = __Command::grip as __st::usize;
    const __info_grip: &__st::CommandInfo = &ARM_INTERFACE.commands[__number_grip];
    const __number_pose: __st::usize = __Command::pose as __st::usize;
    const __info_pose: &__st::CommandInfo = &ARM_INTERFACE.commands[__number_pose];
    static __TABLE: __st::NameTable<{ ARM_INTERFACE.commands.len() }> = __st::NameTable::new(
        &ARM_INTERFACE,
    );
    const __CLASHES: &[__st::Option<&__st::CommandInfo>; ARM_INTERFACE.commands.len()] = &__st::NameTable::clashes(
        &__TABLE,
        &ARM_INTERFACE,
    );
    const _: () = __info_grip.check_name(__CLASHES[__number_grip]);
    const _: () = __info_grip.check();
    const _: () = __info_pose.check_name(__CLASHES[__number_pose]);
    const _: () = __info_pose.check();
    fn __types_cross() {
        {
            __st::Demand::<u8>::argument();
            __st::Demand::<u8>::value();
            __st::Demand::<Fault>::value();
        }
        {
            __st::Demand::<Pose>::value();
        }
    }
    #[automatically_derived]
    impl<T: Arm + ?::core::marker::Sized> Arm for &mut T {
        fn grip(
            &self,
            force: u8,
        ) -> impl ::core::future::Future<
            Output = Result<u8, Fault>,
        > + ::core::marker::Send {
            <T as Arm>::grip(&**self, force)
        }
        fn pose(&self) -> Pose {
            <T as Arm>::pose(&**self)
        }
    }
    __st::clients! {
        pub (crate) ArmClient, ArmAsyncClient, ARM_INTERFACE, module "arm"
    }
    #[automatically_derived]
    impl ArmClient<()> {
        ///The largest number of bytes that fit a call of `grip`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub(crate) const GRIP_MAX: __st::usize = __info_grip.max_bytes();
        ///The largest number of bytes that fit a call of `pose`, if one of its arguments is bytes such as `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.
        pub(crate) const POSE_MAX: __st::usize = __info_pose.max_bytes();
    }
    #[automatically_derived]
    impl<C: __st::Caller> ArmClient<C> {
        ///Calls the command `arm.grip`, encoded as `B`, its value as `B`.
        ///
        /**# Errors

Every kind of `CallError`; `Failed` holds [`Fault`](Fault).*/
        pub(crate) fn grip(
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
        ///Calls the command `arm.pose`; its value is encoded as [`ARM_INTERFACE`]`.command("arm.pose").unwrap().return_format` says.
        ///
        /**# Errors

Every kind of `CallError` except `Failed`.*/
        pub(crate) fn pose(&mut self) -> __st::Result<Pose, __st::CallError<C::Error>> {
            __st::Caller::call_with(
                &mut self.caller,
                const { __info_pose.command() },
                |__out| {
                    __out
                        .arguments(
                            __st::list!(),
                            const { &__info_pose.expected_arguments() },
                        )
                },
                __st::reply!(__info_pose, Pose),
            )
        }
    }
    __st::if_async! {
        #[automatically_derived] impl < C : __st::AsyncCaller > ArmAsyncClient < C > {
        #[doc = "Calls the command `arm.grip`, encoded as `B`, its value as `B`."] #[doc
        = ""] #[doc =
        "# Errors\n\nEvery kind of `CallError`; `Failed` holds [`Fault`](Fault)."] pub
        (crate) async fn grip(& mut self, force : u8) -> __st::Result < u8,
        __st::CallError < C::Error, Fault >> { __st::AsyncCaller::call_with(& mut self
        .caller, const { __info_grip.command() }, | __out | __out
        .arguments(__st::list!(__st::give!(u8, & force)), const { & __info_grip
        .expected_arguments() }), __st::reply!(__info_grip, u8, Fault)). await } #[doc =
        "Calls the command `arm.pose`; its value is encoded as [`ARM_INTERFACE`]`.command(\"arm.pose\").unwrap().return_format` says."]
        #[doc = ""] #[doc = "# Errors\n\nEvery kind of `CallError` except `Failed`."] pub
        (crate) async fn pose(& mut self,) -> __st::Result < Pose, __st::CallError <
        C::Error >> { __st::AsyncCaller::call_with(& mut self.caller, const { __info_pose
        .command() }, | __out | __out.arguments(__st::list!(), const { & __info_pose
        .expected_arguments() }), __st::reply!(__info_pose, Pose)). await } }
    }
    __st::server! {
        pub (crate) ArmServer, is_loaded
    }
    static __ARGUMENTS: [&__st::Expected; ARM_INTERFACE.commands.len()] = [
        const { &__info_grip.expected_arguments() },
        const { &__info_pose.expected_arguments() },
    ];
    static __HASHES: [__st::u32; ARM_INTERFACE.commands.len()] = __st::hashes(
        &ARM_INTERFACE,
    );
    static __DESCRIPTIONS: [&__st::str; ARM_INTERFACE.commands.len()] = [
        __st::description! {
            __info_grip, false
        },
        __st::description! {
            __info_pose, false
        },
    ];
    #[automatically_derived]
    impl<T: Arm> __st::CommandTable for ArmServer<T> {
        const NAMES: __st::Names = __st::Names::Interface(&ARM_INTERFACE);
        const SPAN: __st::usize = ARM_INTERFACE.commands.len();
        const HAS_MODULES: __st::bool = true;
        fn count(&self) -> __st::usize {
            if self.is_loaded { <Self as __st::CommandTable>::SPAN } else { 0 }
        }
        fn nth(&self, __index: __st::usize) -> __st::Option<&__st::str> {
            if self.is_loaded {
                __st::NameTable::name(&__TABLE, __index)
            } else {
                __st::None
            }
        }
        fn find(&self, __name: &[__st::u8]) -> __st::Option<__st::usize> {
            if self.is_loaded {
                __st::NameTable::find(&__TABLE, __name)
            } else {
                __st::None
            }
        }
        fn arguments_of(
            &self,
            __number: __st::usize,
        ) -> __st::Option<&'static __st::Expected> {
            if self.is_loaded {
                __st::arguments_of(&__ARGUMENTS, __number)
            } else {
                __st::None
            }
        }
        const HAS_SIGNATURES: __st::bool = true;
        fn find_hash(&self, __hash: __st::u32) -> __st::Option<__st::usize> {
            if self.is_loaded { __st::find_hash(&__HASHES, __hash) } else { __st::None }
        }
        const HAS_DESCRIPTIONS: __st::bool = true;
        fn description(&self, __number: __st::usize) -> __st::Option<&__st::str> {
            __st::description_of(&__DESCRIPTIONS, __number, self.is_loaded)
        }
        fn load(&mut self, __module: &[__st::u8]) -> __st::bool {
            let __is_meant = __module == b"arm";
            self.is_loaded |= __is_meant;
            __is_meant
        }
    }
    async fn __serve_grip<T: Arm>(
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
        >(<T as Arm>::grip(__inner, force).await) {
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
    fn __serve_pose<T: Arm>(
        __inner: &mut T,
        __call: &mut __st::Call<'_>,
        __reply: &mut __st::Reply<'_>,
    ) -> __st::Result<(), __st::Invalid> {
        let __arguments = __call.arguments(const { &__info_pose.expected_arguments() });
        __arguments.finish()?;
        let __value = <T as Arm>::pose(__inner);
        __reply
            .value(
                __st::give!(Pose, & __value),
                const { &__info_pose.expected_value() },
            );
        __st::Ok(())
    }
    __st::need_async!("grip");
    __st::if_async! {
        #[automatically_derived] impl < T : Arm > __st::AsyncService for ArmServer < T >
        { async fn serve(& mut self, __number : __st::usize, __call : & mut __st::Call <
        '_ >, __reply : & mut __st::Reply < '_ >,) -> __st::Result < (), __st::Invalid >
        { match __number { __number_grip => __serve_grip(& mut self.inner, __call,
        __reply). await, __number_pose => __serve_pose(& mut self.inner, __call,
        __reply), _ => __st::Ok(()), } } }
    }
};
