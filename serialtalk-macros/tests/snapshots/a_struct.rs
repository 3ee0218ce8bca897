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
    fn __types_cross<'a, T: __st::Decode<'a> + __st::Encode>() {
        __st::Demand::<T>::argument();
        __st::Demand::<&'a str>::argument();
    }
    #[automatically_derived]
    impl<'a, T: __st::Encode> __st::Encode for Imu<'a, T> {
        const SHAPE: &'static __st::Shape = &__st::Shape::Struct(
            &[
                __st::Field {
                    name: "x",
                    shape: __st::Shaped::<T>::SHAPE,
                },
                __st::Field {
                    name: "name",
                    shape: __st::Shaped::<&'a str>::SHAPE,
                },
            ],
        );
        fn encode<__E: __st::Encoder>(
            &self,
            encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            encoder.begin_struct("Imu")?;
            encoder.field("x")?;
            __st::give!(T, & self.x).encode(encoder)?;
            encoder.field("name")?;
            __st::give!(& 'a str, & self.name).encode(encoder)?;
            encoder.end_struct(2usize)
        }
    }
    #[automatically_derived]
    impl<'a, T: __st::Decode<'a>> __st::Decode<'a> for Imu<'a, T> {
        const IS_SEQUENCE: __st::bool = true;
        fn decode(decoder: &mut __st::Decoder<'a>) -> __st::Result<Self, __st::Invalid> {
            let sequence = decoder.open()?;
            let value = Self {
                x: __st::take!(T).element(decoder, 2u16)?,
                name: __st::take!(& 'a str).element(decoder, 2u16)?,
            };
            decoder.close(sequence, 2u16)?;
            __st::Ok(value)
        }
    }
};
