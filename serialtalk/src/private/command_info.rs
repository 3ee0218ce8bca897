//! The description of a command, put together at compile time.

use crate::codec::decode::Decoder;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;
use crate::codec::shape::Shape;
use crate::rpc::command::Timeout;
use crate::rpc::interface::{ArgumentInfo, CommandInfo, Parts};
use crate::rpc::reply_decoder::ReplyDecoder;
use crate::wire::const_str::is_same;

/// The description of a command, from what a macro sees of its method.
#[doc(hidden)]
#[macro_export]
macro_rules! __command_info {
    (
        name: $name:expr,
        method: $method:expr,
        docs: $docs:expr,
        timeout: $timeout:expr,
        oneway: $oneway:expr,
        idempotent: $idempotent:expr,
        arguments: [$(($argument:expr, $text:expr, <$ty:ty>)),* $(,)?],
        format: $format:tt,
        value: $value:tt,
        returns: $returns:tt,
        error: $error:tt $(,)?
    ) => {{
        const ARGUMENTS: &$crate::__private::Shape = $crate::__private::sole(
            &$crate::__private::Shape::Tuple(&[$($crate::__private::Shaped::<$ty>::__ST_SHAPE),*]),
        );
        const VALUE: &$crate::__private::Shape = $crate::__command_info!(@shape $value);
        $crate::__private::CommandParts::info(&$crate::__private::CommandParts {
            name: $name,
            method: $method,
            docs: $docs,
            arguments: &[$($crate::__private::ArgumentInfo {
                name: $argument,
                ty: $text,
                format: $crate::__private::Shaped::<$ty>::__ST_ENCODING,
            }),*],
            argument_names: &[$($argument),*],
            arguments_shape: ARGUMENTS,
            format: $crate::__command_info!(@encoding $format, ARGUMENTS),
            is_natural: $crate::__command_info!(@is_none $format),
            returns: $crate::__command_info!(@text $value),
            value_shape: VALUE,
            return_format: $crate::__command_info!(@encoding $returns, VALUE),
            returns_naturally: $crate::__command_info!(@is_none $returns),
            error: $crate::__command_info!(@text $error),
            error_shape: $crate::__command_info!(@error_shape $error),
            oneway: $oneway,
            idempotent: $idempotent,
            timeout: $timeout,
        })
    }};

    (@shape none) => { &$crate::__private::Shape::Tuple(&[]) };
    (@shape ($text:expr, <$ty:ty>)) => {
        $crate::__private::sole(&$crate::__private::Shape::Tuple(&[$crate::__private::Shaped::<$ty>::__ST_SHAPE]))
    };

    (@error_shape none) => { $crate::__private::None };
    (@error_shape ($text:expr, <$ty:ty>)) => { $crate::__private::Some($crate::__private::Shaped::<$ty>::__ST_SHAPE) };

    (@text none) => { "" };
    (@text ($text:expr, <$ty:ty>)) => { $text };

    (@is_none none) => { true };
    (@is_none $other:tt) => { false };

    // As text of the exact size, because firmware keeps it.
    (@encoding none, $shape:expr) => {{
        const ENCODING: $crate::__private::FormatText = $shape.encoding();
        const TEXT: [$crate::__private::u8; $crate::__private::FormatText::len(&ENCODING)] =
            $crate::__private::FormatText::bytes(&ENCODING);
        $crate::__private::text(&TEXT)
    }};
    (@encoding $chosen:expr, $shape:expr) => { $chosen };
}

/// The description of a command as text: `description!(INFO, true)`; `true` for documentation.
#[doc(hidden)]
#[macro_export]
macro_rules! __description {
    ($info:expr, $with_docs:expr) => {{
        const DESCRIPTION: $crate::__private::Description =
            $crate::__private::CommandInfo::description(&$info, $with_docs);
        const TEXT: [$crate::__private::u8; $crate::__private::Description::len(&DESCRIPTION)] =
            $crate::__private::Description::bytes(&DESCRIPTION);
        $crate::__private::text(&TEXT)
    }};
}

/// How the reply to a command is decoded: `reply!(MULT, f32)`, `reply!(MULT, repr Config, repr Fault)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __reply {
    ($info:expr, repr $value:ty $(, $($error:tt)+)?) => {
        $crate::__reply!(@ $info, $crate::__take!(repr $value) $(, $($error)+)?)
    };
    ($info:expr, postcard $value:ty $(, $($error:tt)+)?) => {
        $crate::__reply!(@ $info, $crate::__take!(postcard $value) $(, $($error)+)?)
    };
    (@ $info:expr, $value:expr) => {
        $crate::__private::reply_decoder(
            const { $info.expected_value() },
            |__decoder| $value.sole(__decoder),
            $crate::__private::None::<fn(&mut $crate::__private::Decoder<'_>) -> _>,
        )
    };
    (@ $info:expr, $value:expr, repr $error:ty) => {
        $crate::__private::reply_decoder(
            const { $info.expected_value() },
            |__decoder| $value.sole(__decoder),
            $crate::__private::Some(|__decoder| $crate::__take!(repr $error).argument(__decoder)),
        )
    };
    (@ $info:expr, $value:expr, $error:ty) => {
        $crate::__private::reply_decoder(
            const { $info.expected_value() },
            |__decoder| $value.sole(__decoder),
            $crate::__private::Some(|__decoder| $crate::__take!($error).argument(__decoder)),
        )
    };
    ($info:expr, $value:ty $(, $($error:tt)+)?) => {
        $crate::__reply!(@ $info, $crate::__take!($value) $(, $($error)+)?)
    };
}

/// Puts a reply decoder together.
pub const fn reply_decoder<T, E>(
    expected: Expected,
    value: fn(&mut Decoder<'_>) -> Result<T, Invalid>,
    error: Option<fn(&mut Decoder<'_>) -> Result<E, Invalid>>,
) -> ReplyDecoder<T, E> {
    ReplyDecoder { expected, value, error }
}

/// The shape of a list of arguments, or of a value in a tuple: of one value alone that is written as the list itself, the
/// shape of that value.
pub const fn sole(tuple: &'static Shape) -> &'static Shape {
    match tuple {
        Shape::Tuple([only]) if only.is_spread() => only,
        _ => tuple,
    }
}

/// Bytes that are UTF-8 as text.
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// What a command is made of.
#[derive(Debug)]
#[allow(missing_docs, reason = "see `CommandInfo`")]
pub struct CommandParts {
    pub name: &'static str,
    pub method: &'static str,
    pub docs: &'static str,
    pub arguments: &'static [ArgumentInfo],
    pub argument_names: &'static [&'static str],
    pub arguments_shape: &'static Shape,
    pub format: &'static str,
    /// Whether the types of the arguments say how they are encoded.
    pub is_natural: bool,
    pub returns: &'static str,
    pub value_shape: &'static Shape,
    pub return_format: &'static str,
    /// Whether the type of the value says how it is encoded.
    pub returns_naturally: bool,
    pub error: &'static str,
    pub error_shape: Option<&'static Shape>,
    pub oneway: bool,
    pub idempotent: bool,
    pub timeout: Option<Timeout>,
}

impl CommandParts {
    /// The description of the command.
    pub const fn info(&self) -> CommandInfo {
        let expected_arguments =
            expected(self.arguments_shape, self.format, self.is_natural, self.argument_names);
        let expected_value = expected(self.value_shape, self.return_format, self.returns_naturally, &[]);
        let mut info = CommandInfo {
            name: self.name,
            method: self.method,
            docs: self.docs,
            arguments: self.arguments,
            returns: self.returns,
            error: self.error,
            format: self.format,
            return_format: self.return_format,
            oneway: self.oneway,
            idempotent: self.idempotent,
            timeout: self.timeout,
            hash: 0,
            parts: Parts {
                is_natural: self.is_natural || is_encoding_of(self.format, self.arguments_shape),
                returns_naturally: self.returns_naturally
                    || is_encoding_of(self.return_format, self.value_shape),
                arguments: self.arguments_shape,
                value: self.value_shape,
                error: self.error_shape,
                expected_arguments,
                expected_value,
            },
        };
        info.hash = info.signature().hash();
        info
    }
}

/// Whether an encoding that was chosen by hand is the one that the values have anyway.
const fn is_encoding_of(chosen: &str, shape: &Shape) -> bool {
    is_same(chosen, shape.encoding().as_str())
}

/// What values of a shape are expected to be that are encoded in this way.
const fn expected(
    shape: &Shape,
    encoding: &'static str,
    is_natural: bool,
    argument_names: &'static [&'static str],
) -> Expected {
    let is_packed = if is_natural { shape.is_packable() } else { shape.is_laid_out_as(encoding) };
    let is_packed = is_packed && !is_same(encoding, "");
    Expected::new(shape, if is_packed { encoding } else { "" }, argument_names)
}
