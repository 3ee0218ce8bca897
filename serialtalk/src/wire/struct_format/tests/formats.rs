//! Items, layouts and checks of formats.

use alloc::string::ToString;

use super::*;

fn items(format: &str) -> Vec<(u16, char)> {
    let mut items = Items::new(format.as_bytes());
    core::iter::from_fn(|| items.next()).map(|Item { count, code }| (count, char::from(code))).collect()
}

#[test]
fn items_are_counts_and_codes() {
    assert_eq!(items(""), []);
    assert_eq!(items("<"), []);
    assert_eq!(items("<Bi"), [(1, 'B'), (1, 'i')]);
    assert_eq!(items(" 3f\t10s\n\r\x0b\x0c0i "), [(3, 'f'), (10, 's'), (0, 'i')]);
    assert_eq!(items("65535B"), [(65_535, 'B')]);
    // Python allows neither a space between a count and its code nor a second prefix.
    assert_eq!(items("3 B"), [(3, ' '), (1, 'B')]);
    assert_eq!(items("<>B"), [(1, '>'), (1, 'B')]);
}

#[test]
fn the_last_digit_of_a_bad_count_is_taken_for_the_code() {
    assert_eq!(items("B3"), [(1, 'B'), (1, '3')]);
    assert_eq!(items("12"), [(1, '2')]);
    assert_eq!(items("65536B"), [(6553, '6'), (1, 'B')]);
    for digit in b'0'..=b'9' {
        assert_eq!(code_info(digit), None);
    }
}

#[test]
fn prefixes_state_the_layout() {
    assert_eq!(Layout::stated(b"<i"), Some(&Layout::LITTLE));
    assert_eq!(Layout::stated(b"=i"), Some(&Layout::LITTLE));
    assert_eq!(Layout::stated(b">i"), Some(&Layout::BIG));
    assert_eq!(Layout::stated(b"!i"), Some(&Layout::BIG));
    assert_eq!(Layout::stated(b"@i"), None);
    assert_eq!(Layout::stated(b"i"), None);
}

#[test]
fn sizes_are_those_of_python_on_a_desktop() {
    let size = |layout: &Layout, code| code_info(code).and_then(|info| layout.size(info.width));
    let desktop =
        Layout { order: Order::Little, alignment: Alignment::ZeroPadding, long: 8, pointer: Some(8) };
    for (codes, expected) in [("xcbB?sp", 1), ("hHe", 2), ("iIf", 4), ("qQdlLnNP", 8)] {
        codes.bytes().for_each(|code| assert_eq!(size(&desktop, code), Some(expected)));
    }
    assert_eq!(size(&desktop, b'O'), None);
    assert_eq!((standard_size(b'l'), standard_size(b'P'), standard_size(b'O')), (Some(4), None, None));
}

#[test]
fn padding_leads_to_multiples_of_the_size() {
    let paddings = |layout: Layout| [0, 1, 4, 5, 8].map(|offset| layout.padding(offset, 4));
    assert_eq!(paddings(NATIVE_LAYOUTS[0]), [0, 3, 0, 3, 0]);
    assert_eq!(paddings(Layout::LITTLE), [0; 5]);
}

#[test]
fn native_layouts_are_tried_from_the_likeliest_on() {
    let found: Vec<_> =
        NATIVE_LAYOUTS.iter().map(|layout| (layout.alignment, layout.long, layout.pointer)).collect();
    let widths =
        |alignment| [(4, 4), (4, 8), (8, 4), (8, 8)].map(|(long, pointer)| (alignment, long, Some(pointer)));
    let expected = [Alignment::ZeroPadding, Alignment::AnyPadding, Alignment::Packed].map(widths);
    assert_eq!(found, expected.concat());
    assert!(NATIVE_LAYOUTS.iter().all(|layout| layout.order == Order::Little));
}

#[test]
fn data_have_the_size_that_the_format_says() {
    for (format, len) in [
        ("", 0),
        ("<", 0),
        ("<Bi", 5),
        ("3f", 12),
        ("2xh10s", 14),
        (">qQd", 24),
        ("I*s", 4),
        ("*s*s", 0),
        ("<e", 2),
    ] {
        assert_eq!(data_len(format.as_bytes()), len, "{format}");
    }
    assert_eq!(data_len("65535q".repeat(100).as_bytes()), 52_428_000);
}

#[test]
fn formats_that_every_peer_reads_alike_pass() {
    for format in [
        "", "<", "B", "3f", "ihh", "<Bi", ">hB", "!d", "xB2x", "10s", "0B", "*s", "I*s", "I*sB", "<*sI",
        "*s0s3B",
    ] {
        assert_eq!(check(format.as_bytes()), Ok(()), "{format}");
    }
}

#[test]
fn formats_that_some_peer_cannot_read_are_refused() {
    for (format, code) in [
        ("=B", '='),
        ("@B", '@'),
        ("?", '?'),
        ("l", 'l'),
        ("L", 'L'),
        ("e", 'e'),
        ("n", 'n'),
        ("P", 'P'),
        ("c", 'c'),
        ("p", 'p'),
        ("O", 'O'),
        ("S", 'S'),
        ("z", 'z'),
        ("B B", ' '),
        ("B\n", '\n'),
        ("B\x0b", '\x0b'),
        ("<<B", '<'),
        ("3", '3'),
        ("*", '*'),
        ("*B", '*'),
        ("*3s", '*'),
        ("3*s", '*'),
        ("**s", '*'),
    ] {
        let error = check(format.as_bytes()).unwrap_err();
        assert_eq!(error, FormatError::Code(code as u8), "{format}");
        assert_eq!(
            error.to_string(),
            alloc::format!(
                "not every peer can read `{code}` in a format: use b B h H i I q Q f d s x after `<`, `>` or nothing"
            )
        );
    }
    let error = check("é".as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("not every peer can read `?` in a format"), "{error}");
}

#[test]
fn formats_that_some_peer_pads_are_refused() {
    for format in ["Bi", "3sH", "B0i", "fd", "bhi", "*sH", "I*sBH", "65535sH"] {
        assert_eq!(check(format.as_bytes()), Err(FormatError::Padding), "{format}");
    }
    assert_eq!(
        FormatError::Padding.to_string(),
        "the format needs padding, which not every peer adds: put `<` before it"
    );
}
