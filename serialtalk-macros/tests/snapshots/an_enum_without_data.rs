const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
    fn __types_cross<'__st>() {}
    #[automatically_derived]
    impl __st::Encode for Mode {
        const SHAPE: &'static __st::Shape = &__st::Shape::UnitEnum {
            ty: __st::IntegerType::I16,
            variants: &[
                ("Slow", (Self::Slow {}) as __st::i16 as __st::i128),
                ("Fast", (Self::Fast {}) as __st::i16 as __st::i128),
            ],
        };
        fn encode<__E: __st::Encoder>(
            &self,
            __encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            let (__name, __bits) = match self {
                Self::Slow { .. } => ("Slow", (Self::Slow {}) as __st::i16 as __st::u64),
                Self::Fast { .. } => ("Fast", (Self::Fast {}) as __st::i16 as __st::u64),
            };
            __encoder.unit_variant(__name, __bits, __st::IntegerType::I16)
        }
    }
    #[automatically_derived]
    impl<'__st> __st::Decode<'__st> for Mode {
        const IS_SEQUENCE: __st::bool = false;
        fn decode(
            __decoder: &mut __st::Decoder<'__st>,
        ) -> __st::Result<Self, __st::Invalid> {
            let __bits = __decoder.integer(__st::IntegerType::I16)?;
            if __bits == (Self::Slow {}) as __st::i16 as __st::u64 {
                return __st::Ok(Self::Slow {});
            }
            if __bits == (Self::Fast {}) as __st::i16 as __st::u64 {
                return __st::Ok(Self::Fast {});
            }
            __st::Err(__decoder.not_a_variant("Mode", __bits, __st::IntegerType::I16))
        }
    }
};
