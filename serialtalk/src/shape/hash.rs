//! Hashes, by which signatures are compared.

/// FNV-1a over `bytes`, then over `more`.
pub const fn hash(bytes: &[u8], more: u32) -> u32 {
    let mut hash = 0x811c_9dc5u32;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash_two(hash, more)
}

/// Carries a hash on over four more bytes.
pub const fn hash_two(mut hash: u32, more: u32) -> u32 {
    let bytes = more.to_le_bytes();
    let mut at = 0;
    while at < 4 {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}
