//! Incompressible test data.

/// Pseudo-random bytes, the same in every run: `xorshift32` from a fixed seed.
pub fn random(length: usize) -> Vec<u8> {
    random_from(0x2545_f491, length)
}

/// Pseudo-random bytes from a seed, which must not be zero.
///
/// # Panics
///
/// If the seed is zero, from which `xorshift32` yields only zeros.
pub fn random_from(seed: u32, length: usize) -> Vec<u8> {
    assert_ne!(seed, 0, "a seed of zero yields only zeros");
    let mut state = seed;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    std::iter::repeat_with(next).take(length).collect()
}
