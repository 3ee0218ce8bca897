const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
    fn __types_cross<'__st>() {
        __st::Demand::<f32>::argument();
    }
    #[automatically_derived]
    impl __st::Encode for Meters {
        const SHAPE: &'static __st::Shape = __st::Shaped::<f32>::__ST_SHAPE;
        fn encode<__E: __st::Encoder>(
            &self,
            __encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            __st::Encode::encode(__st::give!(f32, & self.0), __encoder)
        }
    }
    #[automatically_derived]
    impl<'__st> __st::Decode<'__st> for Meters {
        const IS_SEQUENCE: __st::bool = __st::Decoded::<f32>::IS_SEQUENCE;
        fn decode(
            __decoder: &mut __st::Decoder<'__st>,
        ) -> __st::Result<Self, __st::Invalid> {
            __st::Ok(Self(__st::take!(f32).decode(__decoder)?))
        }
        fn missing() -> __st::Option<Self> {
            __st::Some(Self(__st::take!(f32).missing()?))
        }
    }
};
