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
        __st::Demand::<f32>::argument();
    }
    #[automatically_derived]
    impl __st::Encode for Meters {
        const SHAPE: &'static __st::Shape = __st::Shaped::<f32>::SHAPE;
        fn encode<__E: __st::Encoder>(
            &self,
            encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            __st::give!(f32, & self.0).encode(encoder)
        }
    }
    #[automatically_derived]
    impl<'__st> __st::Decode<'__st> for Meters {
        const IS_SEQUENCE: __st::bool = __st::Decoded::<f32>::IS_SEQUENCE;
        fn decode(
            decoder: &mut __st::Decoder<'__st>,
        ) -> __st::Result<Self, __st::Invalid> {
            __st::Ok(Self(__st::take!(f32).decode(decoder)?))
        }
        fn missing() -> __st::Option<Self> {
            __st::Some(Self(__st::take!(f32).missing()?))
        }
    }
};
