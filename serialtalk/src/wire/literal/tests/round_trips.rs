//! Literals that are written and read again.

use super::*;

fn written(tree: &Tree) -> String {
    let mut buffer = [0; 258];
    let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
    let start = frame.len();
    write_tree(tree, &mut LiteralWriter::new(&mut frame));
    let end = frame.finish().unwrap() - 1;
    core::str::from_utf8(&buffer[start..end]).unwrap().to_string()
}

fn write_tree(tree: &Tree, writer: &mut LiteralWriter<'_, '_>) {
    let all = |writer: &mut LiteralWriter<'_, '_>, bracket, trees: &[Tree]| {
        writer.open(bracket);
        for tree in trees {
            writer.element();
            write_tree(tree, writer);
        }
    };
    match tree {
        Tree::None => writer.none(),
        Tree::Bool(value) => writer.bool(*value),
        Tree::Int(value) => writer.wide_integer(*value < 0, value.unsigned_abs()),
        Tree::Float(value) => writer.float64(*value),
        Tree::Str(value) => writer.text(value),
        Tree::Bytes(value) => writer.bytes(value),
        Tree::Tuple(values) => {
            all(writer, b'(', values);
            writer.close_tuple(values.len());
        }
        Tree::List(values) => {
            all(writer, b'[', values);
            writer.close(b']');
        }
        Tree::Set(values) if values.is_empty() => writer.word("set()"),
        Tree::Set(values) => {
            all(writer, b'{', values);
            writer.close(b'}');
        }
        Tree::Dict(entries) => {
            writer.open(b'{');
            for (key, value) in entries {
                writer.element();
                write_tree(key, writer);
                writer.colon();
                write_tree(value, writer);
            }
            writer.close(b'}');
        }
    }
}

#[test]
fn a_text_is_written_as_it_was_read() {
    for text in [
        "None",
        "True",
        "-5",
        "-170141183460469231731687303715884105728",
        "0.1",
        "-0.0",
        "1e+16",
        "1e-05",
        "1e999",
        "-1e999",
        "'abc'",
        "\"it's\"",
        r#"'it\'s "so"'"#,
        r"'\\\n\r\t\x00\x07\x7f\x80\xa0\xad'",
        "'é€😀'",
        r#"b'a\x00\xff\'"'"#,
        "b\"it's\"",
        "(1,)",
        "(1, 'a')",
        "[[1], [2]]",
        "()",
        "[]",
        "set()",
        "{1, 2}",
        "{}",
        "{'a': 1, 2: None}",
        "({(1, b''): [{1: (2,)}, {3}]},)",
    ] {
        assert_eq!(read(text).map(|tree| written(&tree)).as_deref(), Some(text));
    }
    assert_eq!(written(&Tree::Float(f64::NAN)), "float('nan')");
}

#[test]
fn every_character_is_read_as_it_was_written() {
    for character in
        (0..0x3000).chain(0xff00..0x1_0100).chain(0x10_fff0..=0x10_ffff).filter_map(char::from_u32)
    {
        let text = Tree::Str(['\'', character, '"', character].iter().collect());
        assert_eq!(read(&written(&text)), Some(text));
    }
    for byte in 0..=u8::MAX {
        let bytes = Tree::Bytes(vec![byte, b'\'', byte]);
        assert!(written(&bytes).is_ascii());
        assert_eq!(read(&written(&bytes)), Some(bytes));
    }
}
