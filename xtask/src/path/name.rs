//! Shortens the names of functions.

/// Takes generic arguments and the paths of modules out of a name: `<a::b::C<u8>>::d::<u16>` becomes `C::d`.
pub(super) fn shorten(name: &str) -> String {
    let name = without_modules(&without_arguments(name));
    match name.strip_prefix('<').and_then(|name| name.split_once(">::")) {
        Some((owner, rest)) if !owner.contains(' ') => format!("{owner}::{rest}"),
        _ => name,
    }
}

/// Takes out what is between angle brackets that follow a name or `::`.
fn without_arguments(name: &str) -> String {
    let mut short = String::new();
    let mut depth = 0_usize;
    for letter in name.chars() {
        match letter {
            '<' if depth > 0 || short.ends_with(|last: char| last.is_alphanumeric() || last == ':') => {
                depth += 1;
            }
            '>' if depth > 0 => depth -= 1,
            _ if depth == 0 => short.push(letter),
            _ => {}
        }
    }
    // Left over from generic arguments of the function itself.
    short.trim_end_matches("::").to_owned()
}

/// Takes out `a::b::` in front of a name.
fn without_modules(name: &str) -> String {
    let mut short = String::new();
    for (index, part) in name.split("::").enumerate() {
        let is_module = short.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        if index > 0 && is_module && part.starts_with(|first: char| first.is_alphanumeric() || first == '_') {
            let start = short.rfind(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let letter = start.and_then(|start| short[start..].chars().next());
            short.truncate(start.zip(letter).map_or(0, |(start, letter)| start + letter.len_utf8()));
        } else if index > 0 {
            short.push_str("::");
        }
        short.push_str(part);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn names_keep_what_tells_them_apart() {
        for (name, short) in [
            ("serialtalk::endpoint::gap_over", "gap_over"),
            ("serialtalk::texts::position::{closure#0}", "position::{closure#0}"),
            ("serialtalk::a::arm::<u8, b::C::d::{closure#0}>", "arm"),
            ("<serialtalk::endpoint::Endpoint<258, 0>>::next", "Endpoint::next"),
            ("<serialtalk::reader::Reader>::take::<f32>", "Reader::take"),
            ("<f32 as serialtalk::value::Decode>::decode", "<f32 as Decode>::decode"),
            ("<((), a::B<c::D>) as serialtalk::service::Catalog>::find", "<((), B) as Catalog>::find"),
            ("<&mut a::B as serialtalk::c::D<e::F>>::g::<<a::B>::h::{closure#0}>", "<&mut B as D>::g"),
        ] {
            assert_eq!(shorten(name), short);
        }
    }
}
