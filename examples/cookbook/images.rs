//! A host fetches an image that is larger than a frame, piece by piece.

use serialtalk_hal::{Spawn, loopback};

/// What the board can do.
#[serialtalk::interface]
trait Camera {
    /// Takes an image, and keeps it. Returns how many bytes it has.
    #[command(timeout_ms = 3000)]
    fn take(&mut self) -> u32;
    /// As many bytes of the image as fit a reply, from an offset on; none at its end.
    #[command(idempotent)]
    fn chunk(&mut self, offset: u32) -> serialtalk::heapless::Vec<u8, CHUNK>;
}

/// How many bytes a reply carries. A board without an allocator needs the number.
const CHUNK: usize = 200;

const _: () = assert!(CHUNK <= CameraClient::CHUNK_MAX, "a chunk does not fit a frame");

/// The board of this program, which needs no hardware.
#[derive(Default)]
struct SimulatedCamera {
    image: Vec<u8>,
}

impl Camera for SimulatedCamera {
    fn take(&mut self) -> u32 {
        self.image = (0..10_000u32).map(|at| (at % 251) as u8).collect();
        self.image.len() as u32
    }

    fn chunk(&mut self, offset: u32) -> serialtalk::heapless::Vec<u8, CHUNK> {
        // An offset beyond the end is not trusted to be right.
        let rest = self.image.get(offset as usize..).unwrap_or_default();
        rest.iter().copied().take(CHUNK).collect()
    }
}

fn main() -> anyhow::Result<()> {
    let (board, host) = loopback();
    let _board = board.serve(CameraServer::new(SimulatedCamera::default())).spawn();

    let mut camera = CameraClient::connect(host)?;
    let size = camera.take()? as usize;
    let mut image = Vec::with_capacity(size);
    while image.len() < size {
        let chunk = camera.chunk(image.len() as u32)?;
        anyhow::ensure!(!chunk.is_empty(), "the image ends after {} of {size} bytes", image.len());
        image.extend_from_slice(&chunk);
    }
    println!("{} bytes, the last is {}", image.len(), image[size - 1]);
    Ok(())
}
