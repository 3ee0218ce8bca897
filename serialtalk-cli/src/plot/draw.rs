//! Draws a view.

use ratatui::Frame;
use ratatui::buffer::Cell;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Axis, Chart, Clear, Dataset, GraphType, Paragraph};

use super::series::Series;
use super::view::{Head, View};

/// Colours of 256 that people tell apart who see few, and that have a contrast of 3 at least to a light and to a dark ground.
const COLORS: [u8; 7] = [32, 166, 29, 103, 197, 27, 102];

/// How wide the legend is where it stands beside the plot, and from which width on it does.
const LEGEND: u16 = 44;
const WIDE: u16 = 100;

const KEYS: &str = "q quit  space halt  <> scroll  +- time  1-9 series  y lock  r record  ? help";

const HELP: [&str; 8] = [
    "space    halts the picture, not the sampling",
    "< >      scroll back and forth (arrow keys)",
    "+ -      less time, more time",
    "1 to 9   hide and show a series",
    "y        locks the scale of the values",
    "r        begins a recording, and ends it",
    "?        this help",
    "q Esc    ends",
];

/// Draws a view at a time in seconds.
pub(crate) fn draw(view: &View, now: f64, frame: &mut Frame<'_>) {
    let area = frame.area();
    let heads = u16::try_from(view.heads.len()).unwrap_or(u16::MAX).min(area.height / 3);
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(heads), Constraint::Min(1), Constraint::Length(1)]).areas(area);
    draw_heads(view, head, frame);
    draw_foot(view, foot, frame);
    draw_body(view, now, body, frame);
    if view.shows_help {
        draw_help(body, &HELP, frame);
    }
    if view.is_ascii {
        make_ascii(frame);
    }
}

/// Draws the lines of a view at a time in seconds, and the legend.
pub(crate) fn draw_body(view: &View, now: f64, body: Rect, frame: &mut Frame<'_>) {
    let count = u16::try_from(view.series.len()).unwrap_or(u16::MAX);
    let [plot, legend] = if body.width >= WIDE {
        let widths = [Constraint::Min(1), Constraint::Length(LEGEND)];
        Layout::horizontal(widths).spacing(2).areas(body)
    } else {
        let rows = count.min(body.height / 3).max(1);
        Layout::vertical([Constraint::Min(1), Constraint::Length(rows)]).areas(body)
    };
    draw_legend(view, legend, frame);
    draw_lines(view, now, plot, frame);
}

/// Replaces what a terminal without UTF-8 cannot show.
pub(crate) fn make_ascii(frame: &mut Frame<'_>) {
    frame.buffer_mut().content.iter_mut().for_each(make_cell_ascii);
}

fn make_cell_ascii(cell: &mut Cell) {
    let ascii = match cell.symbol() {
        symbol if symbol.is_ascii() => return,
        "│" => "|",
        "─" => "-",
        "└" | "┌" | "┐" | "┘" => "+",
        _ => "?",
    };
    cell.set_symbol(ascii);
}

fn draw_heads(view: &View, area: Rect, frame: &mut Frame<'_>) {
    let line = |head: &Head| {
        let name = Span::styled(format!("{} ", head.board), Style::new().add_modifier(Modifier::BOLD));
        match &head.loss {
            Some(loss) => Line::from(vec![name, Span::styled(loss.clone(), Style::new().fg(Color::Red))]),
            None => Line::from(vec![name, Span::raw(head.figures.clone())]),
        }
    };
    frame.render_widget(Paragraph::new(view.heads.iter().map(line).collect::<Vec<_>>()), area);
}

fn draw_foot(view: &View, area: Rect, frame: &mut Frame<'_>) {
    let text = match (view.note.as_str(), view.halted) {
        ("", None) => KEYS.to_owned(),
        ("", Some(_)) => format!("halted  {KEYS}"),
        (note, None) => note.to_owned(),
        (note, Some(_)) => format!("halted  {note}"),
    };
    frame.render_widget(Line::styled(text, Style::new().add_modifier(Modifier::DIM)), area);
}

fn draw_legend(view: &View, area: Rect, frame: &mut Frame<'_>) {
    let widest = |text: fn(&Series) -> &str| view.series.iter().map(|it| text(it).chars().count()).max();
    let width = widest(|series| &series.name).unwrap_or_default();
    let last_width = widest(|series| &series.last).unwrap_or_default();
    let line = |(number, series): (usize, &Series)| {
        let key = if number < 9 { char::from(b'1' + number as u8) } else { ' ' };
        let mark = match (series.is_hidden, view.is_ascii) {
            (true, _) => ' ',
            (false, true) => '#',
            (false, false) => '■',
        };
        let range = series
            .range
            .map_or(String::new(), |[low, high]| format!("  min {}  max {}", shown(low), shown(high)));
        let style = if series.is_hidden { Style::new().add_modifier(Modifier::DIM) } else { Style::new() };
        Line::from(vec![
            Span::raw(format!("{key} ")),
            Span::styled(mark.to_string(), color(number)),
            Span::styled(format!(" {:<width$} {:>last_width$}", series.name, series.last), style),
            Span::styled(range, Style::new().add_modifier(Modifier::DIM)),
        ])
    };
    let rows = usize::from(area.height);
    let mut lines: Vec<_> = view.series.iter().enumerate().map(line).collect();
    if lines.len() > rows {
        let more = lines.len() - rows + 1;
        lines.truncate(rows.saturating_sub(1));
        lines.push(Line::raw(format!("  and {more} more")));
    }
    frame.render_widget(Paragraph::new(lines), area);
}

fn draw_lines(view: &View, now: f64, area: Rect, frame: &mut Frame<'_>) {
    let times = view.times(now);
    let bounds = view.scale.bounds();
    let marker = if view.is_ascii { Marker::Custom('*') } else { Marker::Braille };
    let datasets = view.series.iter().enumerate().filter(|(_, series)| !series.is_hidden);
    let datasets = datasets.flat_map(|(number, series)| {
        series.between(times).map(move |run| {
            let is_line = run.len() > 1;
            Dataset::default()
                .data(run)
                .marker(marker)
                .graph_type(if is_line { GraphType::Line } else { GraphType::Scatter })
                .style(color(number))
        })
    });
    let [low, high] = bounds;
    let middle = low + (high - low) / 2.0;
    let ago = |time: f64| match now - time {
        ago if ago < 0.05 => "now".to_owned(),
        ago => format!("-{ago:.1} s"),
    };
    let chart = Chart::new(datasets.collect())
        .legend_position(None)
        .x_axis(Axis::default().bounds(times).labels([ago(times[0]), ago(times[1])]).style(DIM))
        .y_axis(
            Axis::default()
                .bounds(bounds)
                .labels([low, middle, high].map(|value| shown_within(value, high - low)))
                .style(DIM),
        );
    frame.render_widget(chart, area);
}

const DIM: Style = Style::new().add_modifier(Modifier::DIM);

/// Draws a list of keys in the middle.
pub(crate) fn draw_help(area: Rect, keys: &[&'static str], frame: &mut Frame<'_>) {
    let [_, width, _] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Max(52), Constraint::Fill(1)]).areas(area);
    let rows = keys.len() as u16 + 2;
    let [_, middle, _] =
        Layout::vertical([Constraint::Fill(1), Constraint::Max(rows), Constraint::Fill(1)]).areas(width);
    frame.render_widget(Clear, middle);
    let block = ratatui::widgets::Block::bordered().title(" keys ");
    frame.render_widget(
        Paragraph::new(keys.iter().copied().map(Line::raw).collect::<Vec<_>>()).block(block),
        middle,
    );
}

fn color(number: usize) -> Style {
    Style::new().fg(Color::Indexed(COLORS[number % COLORS.len()]))
}

/// A number on an axis that covers a range of this size.
fn shown_within(value: f64, size: f64) -> String {
    let value = if value.abs() < size * 1e-3 { 0.0 } else { value };
    shown(value)
}

/// A number with four digits that count.
fn shown(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-3..1e6).contains(&size) {
        return format!("{value:.2e}");
    }
    let digits = if size >= 1000.0 {
        0
    } else if size >= 100.0 {
        1
    } else if size >= 10.0 {
        2
    } else {
        3
    };
    let text = format!("{value:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn picture(view: &mut View, now: f64, width: u16, height: u16) -> String {
        view.follow(now);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(view, now, frame)).unwrap();
        terminal.backend().to_string()
    }

    fn waves(is_ascii: bool) -> View {
        let mut view = View::new(["arm".to_owned()].into_iter(), is_ascii);
        view.heads[0].figures = "10.0 of 10 Hz  0 missed  p50 0.4 ms  p99 1.2 ms".into();
        for slot in 0..100 {
            let time = f64::from(slot) / 10.0;
            for (name, shift) in [("imu.x", 0.0), ("imu.y", 2.0)] {
                let series = view.series(name);
                series.push(time, (time + shift).sin());
                series.last = shown((time + shift).sin());
            }
        }
        view
    }

    /// How many cells of the plot have a line in them, in each column.
    fn columns(picture: &str) -> Vec<usize> {
        let rows: Vec<Vec<char>> = picture.lines().map(|line| line.chars().collect()).collect();
        let width = rows[0].len();
        let is_drawn = |letter: &char| ('\u{2801}'..='\u{28ff}').contains(letter);
        (0..width).map(|x| rows.iter().filter(|row| row.get(x).is_some_and(is_drawn)).count()).collect()
    }

    #[test]
    fn a_plot_has_a_head_lines_and_a_legend_at_every_size() {
        for (width, height) in [(80, 24), (120, 40), (40, 12), (20, 6), (5, 3), (1, 1)] {
            let text = picture(&mut waves(false), 10.0, width, height);
            if width >= 40 {
                assert!(text.contains("arm 10.0 of 10 Hz"), "{text}");
                assert!(text.contains("1 ■ imu.x"), "{text}");
                assert!(
                    columns(&text).iter().filter(|count| **count > 0).count() > usize::from(width) / 3,
                    "{text}"
                );
            }
        }
        let wide = picture(&mut waves(false), 10.0, 120, 40);
        assert!(wide.contains("min -1  max 1") && wide.contains("now") && wide.contains("-10.0 s"), "{wide}");
    }

    #[test]
    fn a_gap_stays_empty() {
        let mut view = waves(false);
        for series in &mut view.series {
            series.gap();
            series.push(15.0, 0.0);
        }
        let drawn = columns(&picture(&mut view, 15.0, 80, 24));
        let longest = drawn.split(|count| *count > 0).map(<[_]>::len).max().unwrap();
        assert!(longest > 20, "half of the window is a gap: {drawn:?}");
    }

    #[test]
    fn without_utf_8_everything_is_ascii() {
        let text = picture(&mut waves(true), 10.0, 80, 24);
        assert!(text.is_ascii(), "{text}");
        assert!(text.contains('*') && text.contains("1 # imu.x"), "{text}");
    }

    #[test]
    fn more_series_than_there_is_room_for_are_counted() {
        let mut view = waves(false);
        for number in 0..30 {
            view.series(&format!("n{number}")).push(9.0, 0.0);
        }
        let text = picture(&mut view, 10.0, 80, 24);
        assert!(text.contains("and 26 more"), "{text}");
    }

    #[test]
    fn a_board_that_is_lost_says_why() {
        let mut view = waves(false);
        view.heads[0].loss = Some("/dev/ttyACM0 is not connected".into());
        assert!(picture(&mut view, 10.0, 80, 24).contains("arm /dev/ttyACM0 is not connected"));
        view.shows_help = true;
        assert!(picture(&mut view, 10.0, 80, 24).contains("locks the scale"));
    }

    #[test]
    fn numbers_have_four_digits_that_count() {
        for (value, text) in [
            (0.0, "0"),
            (1.5, "1.5"),
            (-9.81234, "-9.812"),
            (123.456, "123.5"),
            (54321.9, "54322"),
            (1e9, "1.00e9"),
            (0.00001, "1.00e-5"),
        ] {
            assert_eq!(shown(value), text);
        }
    }
}
