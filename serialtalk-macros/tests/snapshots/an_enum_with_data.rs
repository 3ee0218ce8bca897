#[allow(
    dead_code,
    deprecated,
    non_camel_case_types,
    non_upper_case_globals,
    unused_imports,
    unused_qualifications,
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{
        Encode as _, Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _,
    };
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
                            shape: __st::Shaped::<u16>::SHAPE,
                        },
                    ],
                },
                __st::Variant {
                    name: "At",
                    fields: &[
                        __st::Field {
                            name: "",
                            shape: __st::Shaped::<f32>::SHAPE,
                        },
                        __st::Field {
                            name: "",
                            shape: __st::Shaped::<f32>::SHAPE,
                        },
                    ],
                },
            ],
        );
        fn encode<__E: __st::Encoder>(
            &self,
            encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            match self {
                Self::Idle {} => {
                    encoder.begin_variant("Idle", 0usize)?;
                    encoder.end_variant(0usize)
                }
                Self::Moving { speed: field0 } => {
                    encoder.begin_variant("Moving", 1usize)?;
                    encoder.field("speed")?;
                    __st::give!(u16, field0).encode(encoder)?;
                    encoder.end_variant(1usize)
                }
                Self::At { 0: field0, 1: field1 } => {
                    encoder.begin_variant("At", 2usize)?;
                    encoder.field("")?;
                    __st::give!(f32, field0).encode(encoder)?;
                    encoder.field("")?;
                    __st::give!(f32, field1).encode(encoder)?;
                    encoder.end_variant(2usize)
                }
            }
        }
    }
    #[automatically_derived]
    impl<'__st> __st::Decode<'__st> for State {
        const IS_SEQUENCE: __st::bool = true;
        fn decode(
            decoder: &mut __st::Decoder<'__st>,
        ) -> __st::Result<Self, __st::Invalid> {
            let (name, fields) = decoder.variant()?;
            match (name, fields) {
                ("Idle", fields) => {
                    decoder.end_variant(fields)?;
                    __st::Ok(Self::Idle {})
                }
                ("Moving", __st::Some(sequence)) => {
                    let value = Self::Moving {
                        speed: __st::take!(u16).element(decoder, 2u16)?,
                    };
                    decoder.close(sequence, 2u16)?;
                    __st::Ok(value)
                }
                ("Moving", __st::None) => __st::Err(decoder.wrong_length(2u16)),
                ("At", __st::Some(sequence)) => {
                    let value = Self::At {
                        0: __st::take!(f32).element(decoder, 3u16)?,
                        1: __st::take!(f32).element(decoder, 3u16)?,
                    };
                    decoder.close(sequence, 3u16)?;
                    __st::Ok(value)
                }
                ("At", __st::None) => __st::Err(decoder.wrong_length(3u16)),
                _ => __st::Err(decoder.unknown_variant("State")),
            }
        }
    }
};
