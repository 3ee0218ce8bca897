const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
    fn __types_cross<'__st>() {
        __st::Demand::<u16>::argument();
        __st::Demand::<f32>::argument();
        __st::Demand::<f32>::argument();
    }
    #[automatically_derived]
    impl __st::Encode for State {
        const SHAPE: &'static __st::Shape = &__st::Shape::Enum(
            &[
                __st::Variant {
                    name: "Idle",
                    fields: &[],
                },
                __st::Variant {
                    name: "Moving",
                    fields: &[
                        __st::Field {
                            name: "speed",
                            shape: __st::Shaped::<u16>::__ST_SHAPE,
                        },
                    ],
                },
                __st::Variant {
                    name: "At",
                    fields: &[
                        __st::Field {
                            name: "",
                            shape: __st::Shaped::<f32>::__ST_SHAPE,
                        },
                        __st::Field {
                            name: "",
                            shape: __st::Shaped::<f32>::__ST_SHAPE,
                        },
                    ],
                },
            ],
        );
        fn encode<__E: __st::Encoder>(
            &self,
            __encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            match self {
                Self::Idle {} => {
                    __encoder.begin_variant("Idle", 0usize)?;
                    __encoder.end_variant(0usize)
                }
                Self::Moving { speed: __field0 } => {
                    __encoder.begin_variant("Moving", 1usize)?;
                    __encoder.field("speed")?;
                    __st::Encode::encode(__st::give!(u16, __field0), __encoder)?;
                    __encoder.end_variant(1usize)
                }
                Self::At { 0: __field0, 1: __field1 } => {
                    __encoder.begin_variant("At", 2usize)?;
                    __encoder.field("")?;
                    __st::Encode::encode(__st::give!(f32, __field0), __encoder)?;
                    __encoder.field("")?;
                    __st::Encode::encode(__st::give!(f32, __field1), __encoder)?;
                    __encoder.end_variant(2usize)
                }
            }
        }
    }
    #[automatically_derived]
    impl<'__st> __st::Decode<'__st> for State {
        const IS_SEQUENCE: __st::bool = true;
        fn decode(
            __decoder: &mut __st::Decoder<'__st>,
        ) -> __st::Result<Self, __st::Invalid> {
            let (__name, __fields) = __decoder.variant()?;
            match (__name, __fields) {
                ("Idle", __fields) => {
                    __decoder.end_variant(__fields)?;
                    __st::Ok(Self::Idle {})
                }
                ("Moving", __st::Some(__sequence)) => {
                    let __value = Self::Moving {
                        speed: __st::take!(u16).element(__decoder, 1u16, 2u16)?,
                    };
                    __decoder.close(__sequence, 2u16)?;
                    __st::Ok(__value)
                }
                ("Moving", __st::None) => __st::Err(__decoder.wrong_length(2u16, 1)),
                ("At", __st::Some(__sequence)) => {
                    let __value = Self::At {
                        0: __st::take!(f32).element(__decoder, 1u16, 3u16)?,
                        1: __st::take!(f32).element(__decoder, 2u16, 3u16)?,
                    };
                    __decoder.close(__sequence, 3u16)?;
                    __st::Ok(__value)
                }
                ("At", __st::None) => __st::Err(__decoder.wrong_length(3u16, 1)),
                _ => __st::Err(__decoder.unknown_variant("State")),
            }
        }
    }
};
