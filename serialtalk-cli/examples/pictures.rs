//! Makes the pictures of the documentation: `cargo xtask pictures`.
//!
//! Runs the command in a terminal, with the demo board, and draws what the terminal shows.

#![cfg(unix)]

#[path = "../tests/support/terminal.rs"]
mod terminal;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use terminal::Terminal;

/// A picture: the name of its file, the words of the command, the keys that are pressed, and the size of the terminal.
struct Picture {
    name: &'static str,
    words: &'static [&'static str],
    keys: &'static str,
    size: (u16, u16),
    /// What is shown once enough was sampled.
    ready: &'static str,
}

const PICTURES: [Picture; 2] = [
    Picture {
        name: "watch",
        words: &["watch", "imu", "--plot", "--hz", "50"],
        keys: "",
        size: (100, 26),
        ready: "1 ■ imu.x",
    },
    Picture {
        name: "ui",
        words: &["ui", "--hz", "50"],
        keys: "\r6\r7\r\x1b[Bw:mlt 6 7\r",
        size: (110, 30),
        ready: "is it `mult`?",
    },
];

/// How long it is sampled before it is drawn: the ten seconds that a plot shows.
const SECONDS: u64 = 10;

fn main() {
    let mut arguments = env::args_os().skip(1);
    let (Some(program), Some(folder)) = (arguments.next(), arguments.next()) else {
        panic!("expected the program, and the folder of the pictures");
    };
    let runtime = env::temp_dir().join(format!("serialtalk-pictures-{}", std::process::id()));
    fs::create_dir_all(&runtime).expect("a folder for the demo board");
    let command = |words: &[&str]| {
        let mut command = Command::new(&program);
        command.args(words).current_dir(&runtime).env("XDG_RUNTIME_DIR", &runtime);
        command
    };
    let mut demo = command(&["demo"]).stderr(Stdio::piped()).spawn().expect("the demo board");
    let mut said = String::new();
    BufReader::new(demo.stderr.take().expect("its words")).read_line(&mut said).expect("its first line");
    for picture in &PICTURES {
        let words = [&["-b", "demo"], picture.words].concat();
        let (columns, rows) = picture.size;
        let mut terminal = Terminal::new(&command(&words), columns, rows);
        terminal.until_shown("q quit");
        terminal.press(picture.keys);
        terminal.until_shown(picture.ready);
        std::thread::sleep(std::time::Duration::from_secs(SECONDS));
        let screen = terminal.screen();
        terminal.press("q");
        terminal.end();
        for ground in &GROUNDS {
            let path = Path::new(&folder).join(format!("{}-{}.svg", picture.name, ground.name));
            fs::write(&path, svg(&screen, ground)).expect("the picture");
            println!("{}", path.display());
        }
    }
    let _ = demo.kill();
    let _ = demo.wait();
    let _ = fs::remove_dir_all(&runtime);
}

/// The size of a cell, and the room around all of them.
const CELL: (u16, u16) = (8, 17);
const MARGIN: u16 = 10;

/// The colours of a terminal.
struct Ground {
    name: &'static str,
    ground: &'static str,
    text: &'static str,
    dim: &'static str,
    /// The first eight colours.
    colors: [&'static str; 8],
}

const GROUNDS: [Ground; 2] = [
    Ground {
        name: "dark",
        ground: "#16181d",
        text: "#d7dae0",
        dim: "#8a919e",
        colors: ["#3f4451", "#e05561", "#8cc265", "#d18f52", "#4aa5f0", "#c162de", "#42b3c2", "#d7dae0"],
    },
    Ground {
        name: "light",
        ground: "#fafafa",
        text: "#383a42",
        dim: "#7c7f8a",
        colors: ["#383a42", "#ca1243", "#50a14f", "#986801", "#4078f2", "#a626a4", "#0184bc", "#a0a1a7"],
    },
];

/// What a screen shows, as SVG. Each piece of text is stretched to the cells that it takes, whatever font there is.
fn svg(screen: &vt100::Screen, ground: &Ground) -> String {
    let (rows, columns) = screen.size();
    let (width, height) = (columns.get() * CELL.0 + 2 * MARGIN, rows.get() * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace\" font-size=\"13\" \
         xml:space=\"preserve\">\n",
        ground.ground
    );
    for row in 0..rows.get() {
        let cells: Vec<_> =
            (0..columns.get()).filter_map(|column| Some((column, screen.cell(row, column)?))).collect();
        for piece in cells.chunk_by(|(_, a), (_, b)| look(a, ground) == look(b, ground)) {
            let text: String = piece
                .iter()
                .map(|(_, cell)| if cell.has_contents() { cell.contents() } else { " " })
                .collect();
            draw_piece(&mut svg, (piece[0].0, row), &text, &look(piece[0].1, ground), ground);
        }
    }
    svg + "</g>\n</svg>\n"
}

/// How a cell looks: its colour, whether it is bold, inverse, and whether it is drawn with dots.
#[derive(PartialEq)]
struct Look {
    color: String,
    is_bold: bool,
    is_inverse: bool,
    has_dots: bool,
}

fn look(cell: &vt100::Cell, ground: &Ground) -> Look {
    let color = match (cell.fgcolor(), cell.dim()) {
        (vt100::Color::Idx(number), _) => color(number, ground),
        (_, true) => ground.dim.into(),
        _ => ground.text.into(),
    };
    let has_dots = cell.contents().chars().any(|letter| ('\u{2800}'..='\u{28ff}').contains(&letter));
    Look { color, is_bold: cell.bold(), is_inverse: cell.inverse(), has_dots }
}

/// A colour of 256.
fn color(number: u8, ground: &Ground) -> String {
    if let Some(color) = ground.colors.get(usize::from(number % 8)).filter(|_| number < 16) {
        return (*color).into();
    }
    let level = |place: u8| match (number.saturating_sub(16) / place) % 6 {
        0 => 0,
        level => 55 + 40 * level,
    };
    format!("#{:02x}{:02x}{:02x}", level(36), level(6), level(1))
}

fn draw_piece(svg: &mut String, (column, row): (u16, u16), text: &str, look: &Look, ground: &Ground) {
    let count = u16::try_from(text.chars().count()).expect("a row has few cells");
    let (x, y) = (MARGIN + column * CELL.0, MARGIN + row * CELL.1);
    let width = count * CELL.0;
    let mut color = look.color.as_str();
    if look.is_inverse {
        svg.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{color}\"/>\n",
            CELL.1
        ));
        color = ground.ground;
    }
    if text.trim().is_empty() {
        return;
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let weight = if look.is_bold { " font-weight=\"bold\"" } else { "" };
    svg.push_str(&format!(
        "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{color}\"{weight}>{text}</text>\n",
        y + 13
    ));
}
