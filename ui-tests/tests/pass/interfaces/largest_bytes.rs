//! Constants of the client: how many bytes fit a call and its reply.

#[serialtalk::interface]
pub trait Camera {
    fn chunk(&mut self, offset: u32) -> heapless::Vec<u8, 300>;
    fn upload(&mut self, offset: u32, block: &[u8]);
    fn zoom(&mut self, factor: f32);
    fn reset(&mut self);
}

const _: () = assert!(CameraClient::CHUNK_MAX > 200 && CameraClient::CHUNK_MAX < 255);
const _: () = assert!(CameraClient::UPLOAD_MAX > 200 && CameraClient::UPLOAD_MAX < 255);
const _: () = assert!(CameraClient::ZOOM_MAX == 0);

fn main() {}
