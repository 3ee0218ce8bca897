//! Content that nothing can guess or shorten.

/// Bytes of every value, in no order, the same in every run.
pub fn random(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    std::iter::repeat_with(next).take(length).collect()
}
