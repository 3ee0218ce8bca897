//! The interface that all rows call, and the frames of its calls.

use std::hint::black_box;

use anyhow::Result;
use serialtalk::heapless::{String, Vec};
use serialtalk::{AsyncCaller, CallError, Caller};
use serialtalk_hal::{LinkError, SerialTalk, Spawn as _, memory, over};

use crate::recorded::Recorded;

/// The arguments of `mult` wherever it is called.
pub(crate) const ARGUMENTS: (f32, f32) = (5.9, 94.0);

/// The commands of the board. Names are short where payloads are long.
#[serialtalk::interface]
pub(crate) trait Board {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Takes and returns nothing.
    fn n(&mut self);
    /// Sends 8 bytes back, packed.
    fn a(&mut self, floats: [f32; 2]) -> [f32; 2];
    /// Sends 64 bytes back, packed.
    fn b(&mut self, floats: [f32; 16]) -> [f32; 16];
    /// Sends 240 bytes back, packed.
    fn c(&mut self, floats: [f32; 60]) -> [f32; 60];
    /// Sends bytes back as they are.
    #[command(raw)]
    fn r(&mut self, bytes: &[u8]) -> Vec<u8, 240>;
    /// Sends text back as a literal.
    fn t(&mut self, text: &str) -> String<240>;
}

/// A board that answers at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Simulated;

impl Board for Simulated {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn n(&mut self) {}

    fn a(&mut self, floats: [f32; 2]) -> [f32; 2] {
        floats
    }

    fn b(&mut self, floats: [f32; 16]) -> [f32; 16] {
        floats
    }

    fn c(&mut self, floats: [f32; 60]) -> [f32; 60] {
        floats
    }

    fn r(&mut self, bytes: &[u8]) -> Vec<u8, 240> {
        Vec::from_slice(bytes).unwrap_or_default()
    }

    fn t(&mut self, text: &str) -> String<240> {
        text.try_into().unwrap_or_default()
    }
}

/// An endpoint that serves the board.
pub(crate) type Serving<L> = SerialTalk<L, BoardServer<Simulated>>;

/// Serves the board at this end of a line.
pub(crate) fn serve<L>(talk: SerialTalk<L>) -> Serving<L> {
    talk.serve(BoardServer::new(Simulated))
}

/// One command with arguments of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exchange {
    Mult,
    Nothing,
    Struct8,
    Struct64,
    Struct240,
    Raw(usize),
    Repr(usize),
}

pub(crate) const FLOATS: [f32; 60] = [0.1; 60];
pub(crate) const TEXT: &str = match core::str::from_utf8(&[b'x'; 240]) {
    Ok(text) => text,
    Err(_) => "",
};

impl Exchange {
    /// Calls it once.
    pub(crate) fn call<C>(self, board: &mut BoardClient<C>) -> Result<(), CallError<LinkError>>
    where
        C: Caller<Error = LinkError>,
    {
        let (a, b) = black_box(ARGUMENTS);
        match self {
            Self::Mult => drop(black_box(board.mult(a, b)?)),
            Self::Nothing => board.n()?,
            Self::Struct8 => drop(black_box(board.a(black_box([0.1; 2]))?)),
            Self::Struct64 => drop(black_box(board.b(black_box([0.1; 16]))?)),
            Self::Struct240 => drop(black_box(board.c(black_box(FLOATS))?)),
            Self::Raw(size) => drop(black_box(board.r(text(size).as_bytes())?)),
            Self::Repr(size) => drop(black_box(board.t(text(size))?)),
        }
        Ok(())
    }

    /// Calls it once.
    pub(crate) async fn call_async<C>(
        self,
        board: &mut BoardAsyncClient<C>,
    ) -> Result<(), CallError<LinkError>>
    where
        C: AsyncCaller<Error = LinkError>,
    {
        let (a, b) = black_box(ARGUMENTS);
        match self {
            Self::Mult => drop(black_box(board.mult(a, b).await?)),
            Self::Nothing => board.n().await?,
            Self::Struct8 => drop(black_box(board.a(black_box([0.1; 2])).await?)),
            Self::Struct64 => drop(black_box(board.b(black_box([0.1; 16])).await?)),
            Self::Struct240 => drop(black_box(board.c(black_box(FLOATS)).await?)),
            Self::Raw(size) => drop(black_box(board.r(text(size).as_bytes()).await?)),
            Self::Repr(size) => drop(black_box(board.t(text(size)).await?)),
        }
        Ok(())
    }
}

/// A text of `size` bytes.
pub(crate) fn text(size: usize) -> &'static str {
    black_box(TEXT.get(..size).unwrap_or(TEXT))
}

/// The frames of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frames {
    pub(crate) request: std::vec::Vec<u8>,
    pub(crate) reply: std::vec::Vec<u8>,
}

impl Frames {
    /// Records the frames of an exchange on a plain link.
    pub(crate) fn of(exchange: Exchange) -> Result<Self> {
        Self::record(exchange, |talk| talk.plain())
    }

    /// Records the frames of an exchange on a checked link, once the session is open and the number of the command is known.
    pub(crate) fn of_checked(exchange: Exchange) -> Result<Self> {
        Self::record(exchange, |talk| talk.require_checked())
    }

    /// Records the second of two exchanges.
    fn record(exchange: Exchange, speaking: Speaking) -> Result<Self> {
        let (client, server) = memory::pair();
        let (client, request) = Recorded::new(client);
        let (server, reply) = Recorded::new(server);
        let server = serve(speaking(over(server, "memory"))).spawn();
        let mut client = BoardClient::new(speaking(over(client, "memory")));
        exchange.call(&mut client)?;
        let before = [&request, &reply].map(|recording| recording.bytes().len());
        exchange.call(&mut client)?;
        server.stop().1?;
        let [request, reply] = [(request, before[0]), (reply, before[1])]
            .map(|(recording, before)| recording.bytes().split_off(before));
        Ok(Self { request, reply })
    }
}

/// Makes an endpoint speak plainly, or nothing but the checked link.
type Speaking = fn(SerialTalk<Recorded<memory::MemoryLink>>) -> SerialTalk<Recorded<memory::MemoryLink>>;
