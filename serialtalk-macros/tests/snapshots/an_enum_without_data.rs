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
    fn __types_cross<'__st>() {}
    #[automatically_derived]
    impl __st::Encode for Mode {
        const SHAPE: &'static __st::Shape = &__st::Shape::UnitEnum {
            ty: __st::IntegerType::I16,
            variants: &[
                ("Slow", (Self::Slow {}) as i16 as __st::i128),
                ("Fast", (Self::Fast {}) as i16 as __st::i128),
            ],
        };
        fn encode<__E: __st::Encoder>(
            &self,
            encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            let (name, bits) = match self {
                Self::Slow { .. } => ("Slow", (Self::Slow {}) as i16 as __st::u64),
                Self::Fast { .. } => ("Fast", (Self::Fast {}) as i16 as __st::u64),
            };
            encoder.unit_variant(name, bits, __st::IntegerType::I16)
        }
    }
    #[automatically_derived]
    impl<'__st> __st::Decode<'__st> for Mode {
        const IS_SEQUENCE: __st::bool = false;
        fn decode(
            decoder: &mut __st::Decoder<'__st>,
        ) -> __st::Result<Self, __st::Invalid> {
            let bits = decoder.integer(__st::IntegerType::I16)?;
            if bits == (Self::Slow {}) as i16 as __st::u64 {
                return __st::Ok(Self::Slow {});
            }
            if bits == (Self::Fast {}) as i16 as __st::u64 {
                return __st::Ok(Self::Fast {});
            }
            __st::Err(decoder.not_a_variant("Mode", bits, __st::IntegerType::I16))
        }
    }
};
