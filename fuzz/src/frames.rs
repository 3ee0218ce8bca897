//! Frames, by the shortest code that says what they are.

/// The largest frame in bytes.
pub const MAX: usize = 258;

/// A frame with these parts, or nothing if they are too long for one.
pub fn frame(name: &[u8], payload: &[u8]) -> Vec<u8> {
    match (u8::try_from(1 + name.len() + payload.len()), u8::try_from(name.len())) {
        (Ok(len), Ok(name_len)) => [&[b'<', len, name_len], name, payload, b">"].concat(),
        _ => Vec::new(),
    }
}

/// The frame at the start of `bytes`: its name and its payload.
pub fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let [b'<', len, name_len, ..] = *bytes else { return None };
    let end = usize::from(len) + 2;
    (name_len < len && bytes.get(end) == Some(&b'>')).then(|| bytes[3..end].split_at(name_len.into()))
}

/// All frames in `bytes`, and the bytes outside of them. What could become a frame by more bytes is none.
pub fn find_all(bytes: &[u8]) -> (Vec<(&[u8], &[u8])>, Vec<u8>) {
    let (mut frames, mut stray, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        if let Some((name, payload)) = split(&bytes[at..]) {
            frames.push((name, payload));
            at += name.len() + payload.len() + 4;
        } else {
            stray.push(*byte);
            at += 1;
        }
    }
    (frames, stray)
}

/// Checks that `bytes` are whole frames and nothing else, and returns them.
pub fn whole(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let (frames, stray) = find_all(bytes);
    assert!(stray.is_empty(), "{bytes:?} is not frames alone");
    frames
}
