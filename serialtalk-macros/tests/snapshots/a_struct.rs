const _: () = {
    use ::serialtalk::__private as __st;
    use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
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
                    shape: __st::Shaped::<T>::__ST_SHAPE,
                },
                __st::Field {
                    name: "name",
                    shape: __st::Shaped::<&'a str>::__ST_SHAPE,
                },
            ],
        );
        fn encode<__E: __st::Encoder>(
            &self,
            __encoder: &mut __E,
        ) -> __st::Result<(), __E::Error> {
            __encoder.begin_struct("Imu")?;
            __encoder.field("x")?;
            __st::Encode::encode(__st::give!(T, & self.x), __encoder)?;
            __encoder.field("name")?;
            __st::Encode::encode(__st::give!(& 'a str, & self.name), __encoder)?;
            __encoder.end_struct(2usize)
        }
    }
    #[automatically_derived]
    impl<'a, T: __st::Decode<'a>> __st::Decode<'a> for Imu<'a, T> {
        const IS_SEQUENCE: __st::bool = true;
        fn decode(
            __decoder: &mut __st::Decoder<'a>,
        ) -> __st::Result<Self, __st::Invalid> {
            let __sequence = __decoder.open()?;
            let __value = Self {
                x: __st::take!(T).element(__decoder, 0u16, 2u16)?,
                name: __st::take!(& 'a str).element(__decoder, 1u16, 2u16)?,
            };
            __decoder.close(__sequence, 2u16)?;
            __st::Ok(__value)
        }
    }
};
