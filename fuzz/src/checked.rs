//! Bytes of the checked link, by the shortest code that says what they are.

/// What the CRC of a hello begins with.
const HELLO_SEED: u32 = 0xab_cdef;

const MASK: u32 = 0xff_ffff;

/// The CRC, bit by bit.
pub fn crc24(bytes: &[u8], seed: u32) -> u32 {
    let mut crc = seed & MASK;
    for byte in bytes {
        crc ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            let carry = crc & 0x80_0000 != 0;
            crc = (crc << 1) & MASK;
            crc ^= if carry { 0x5d_6dcb } else { 0 };
        }
    }
    crc ^ MASK
}

/// A frame with its CRC and its zero; nothing if the content is too long for one.
pub fn frame(content: &[u8], seed: u32) -> Vec<u8> {
    let crc = crc24(content, seed);
    let content = [content, &crc.to_be_bytes()[1..]].concat();
    if content.len() > 254 {
        return Vec::new();
    }
    let mut stuffed = Vec::new();
    for part in content.split(|byte| *byte == 0) {
        stuffed.push(part.len() as u8 + 1);
        stuffed.extend_from_slice(part);
    }
    stuffed.push(0);
    stuffed
}

/// The content of what lies between two zeros, without its CRC, if that is right.
pub fn content(segment: &[u8], seed: u32) -> Option<Vec<u8>> {
    let (mut content, mut rest) = (Vec::new(), segment);
    while let Some((distance, after)) = rest.split_first() {
        let len = usize::from(*distance).checked_sub(1)?;
        let (part, after) = after.split_at_checked(len)?;
        content.extend_from_slice(part);
        rest = after;
        if !rest.is_empty() {
            content.push(0);
        }
    }
    let (content, crc) = content.split_last_chunk::<3>()?;
    let right = crc24(content, seed).to_be_bytes();
    (right[1..] == *crc && !content.is_empty()).then(|| content.to_vec())
}

/// The digits of a number.
fn digits(number: u32, count: u32) -> impl Iterator<Item = u8> {
    (0..count).rev().map(move |place| 0x40 | (number >> (6 * place)) as u8 & 0x3f)
}

/// The number with these digits.
fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum << 6 | u32::from(digit & 0x3f))
}

/// One of the two frames of 29 bytes that open a session: what stands before its limit, the limit, a window of 1, and the CRC.
fn greeting(name_len: u8, start: &[u8], fields: impl Iterator<Item = u8>, limit: u32, seed: u32) -> Vec<u8> {
    let mut covered = start.to_vec();
    covered.extend(fields.chain(digits(limit, 2)).chain(digits(1, 1)));
    let crc = crc24(&covered, seed);
    covered.extend(digits(crc, 4));
    [&[b'<', 26, name_len], &covered[..], b">"].concat()
}

/// A hello.
pub fn hello(token: u32, nonce: u32, limit: u32) -> Vec<u8> {
    greeting(8, b"checked?1~", digits(token, 4).chain(digits(nonce, 4)), limit, HELLO_SEED)
}

/// The token and the nonce of the hello that `bytes` end with.
pub fn said(bytes: &[u8]) -> Option<(u32, u32)> {
    let fields = bytes.last_chunk::<29>()?.strip_prefix(b"<\x1a\x08checked?1~")?;
    Some((number(&fields[..4]), number(&fields[4..8])))
}

/// An answer to the hello with this token and nonce: `state` is `N` for a new session, and `S` for the same.
pub fn answer(hello: (u32, u32), state: u8, nonce: u32, last: u32, limit: u32) -> Vec<u8> {
    let start = [b"checked?ack", &[state, b'~'][..]].concat();
    greeting(11, &start, digits(nonce, 4).chain(digits(last, 1)), limit, hello.0 ^ hello.1)
}

/// The nonce in an answer to the hello with this token and nonce, if the bytes end with one that says that a session has begun.
pub fn opened(bytes: &[u8], token: u32, nonce: u32) -> Option<u32> {
    let answer = bytes.last_chunk::<29>()?.strip_prefix(b"<\x1a\x0b")?.strip_suffix(b">")?;
    let (covered, crc) = answer.split_last_chunk::<4>()?;
    let fields = covered.strip_prefix(b"checked?ackN~")?;
    (number(crc) == crc24(covered, token ^ nonce)).then(|| number(&fields[..4]))
}

/// The token of a session, and the seeds of what an end with the first nonce sends and receives.
pub fn seeds(ours: u32, theirs: u32) -> (u32, u32, u32) {
    let token = match (ours + theirs) & MASK {
        0 => 1,
        MASK => MASK - 1,
        token => token,
    };
    if ours > theirs { (token, token, !token & MASK) } else { (token, !token & MASK, token) }
}
