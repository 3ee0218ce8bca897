//! Draws the screen: commands at the left, the plot at the right, the log below.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line as Row, Span};
use ratatui::widgets::{Block, Borders, Clear, List, ListState, Paragraph};
use tui_input::Input;

use super::form::Form;
use super::state::{Line, Mode, State};
use crate::contract::Known;
use crate::escaped::on_one_line;
use crate::plot::draw::{draw_body, draw_help, make_ascii};

const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);
const MARKED: Style = Style::new().add_modifier(Modifier::REVERSED);

const KEYS: &str = "q quit  Enter call  w watch  : line  space halt  r record  ? help";
const TYPING: &str = "Enter calls  Tab completes  Esc leaves";
const FILLING: &str = "Enter next, then calls  Up Down  Esc leaves; words as after `serialtalk call`";

const HELP: [&str; 11] = [
    "Up Down  marks a command",
    "Enter    calls it; asks for its arguments first",
    "w        watches it in the plot, or no longer",
    ": c      a call as one line",
    "space    halts the picture, not the sampling",
    "< > + -  scroll, less time, more time",
    "1 to 9   hide and show a series",
    "y        locks the scale of the values",
    "r        begins a recording, and ends it",
    "?        this help",
    "q Esc    ends",
];

/// Draws the screen at a time in seconds.
pub(super) fn draw(state: &State, now: f64, frame: &mut Frame<'_>) {
    let area = frame.area();
    let log = (area.height / 4).clamp(1, 10);
    let rows = [Constraint::Length(1), Constraint::Min(1), Constraint::Length(log), Constraint::Length(1)];
    let [head, body, log, foot] = Layout::vertical(rows).areas(area);
    draw_head(state, head, frame);
    let width = (area.width / 3).clamp(12, 48);
    let [commands, plot] = Layout::horizontal([Constraint::Length(width), Constraint::Min(1)]).areas(body);
    draw_commands(state, commands, frame);
    if state.watched.is_empty() {
        frame.render_widget(Paragraph::new("\n  w watches the command that is marked").style(DIM), plot);
    } else {
        draw_body(&state.view, now, plot, frame);
    }
    draw_log(state, log, frame);
    draw_foot(state, foot, frame);
    match &state.mode {
        Mode::Form(form) => draw_form(form, body, frame),
        _ if state.view.shows_help => draw_help(body, &HELP, frame),
        _ => {}
    }
    if state.view.is_ascii {
        make_ascii(frame);
    }
}

fn draw_head(state: &State, area: Rect, frame: &mut Frame<'_>) {
    let rest = match &state.loss {
        Some(loss) => Span::styled(on_one_line(loss), Style::new().fg(Color::Red)),
        None if state.figures.is_empty() => Span::raw(format!("{} commands", state.known.len())),
        None => Span::raw(state.figures.clone()),
    };
    let recording = if state.is_recording { "recording " } else { "" };
    let recording = Span::styled(recording, Style::new().fg(Color::Red));
    let board = Span::styled(format!("{} ", state.board), BOLD);
    frame.render_widget(Row::from(vec![board, recording, rest]), area);
}

fn draw_commands(state: &State, area: Rect, frame: &mut Frame<'_>) {
    let row = |(at, known): (usize, &Known)| {
        let mark = if state.watched.contains(&at) { "* " } else { "  " };
        let (name, rest) = known.signature();
        Row::from(vec![Span::raw(mark), Span::styled(name, BOLD), Span::styled(rest, DIM)])
    };
    let list = List::new(state.known.iter().enumerate().map(row)).highlight_style(MARKED);
    let list = list.block(Block::new().borders(Borders::RIGHT).border_style(DIM));
    let mut selected = ListState::default().with_selected(Some(state.selected));
    frame.render_stateful_widget(list, area, &mut selected);
}

fn draw_log(state: &State, area: Rect, frame: &mut Frame<'_>) {
    let block = Block::new().borders(Borders::TOP).border_style(DIM);
    let height = usize::from(block.inner(area).height);
    let rows: Vec<_> = state.log.iter().rev().take(height).rev().flat_map(rows).collect();
    let skipped = rows.len().saturating_sub(height);
    let rows: Vec<_> = rows.into_iter().skip(skipped).collect();
    frame.render_widget(Paragraph::new(rows).block(block), area);
}

/// The rows of a line of the log: of a failure several.
fn rows(line: &Line) -> Vec<Row<'_>> {
    let call = |call: &str| Span::styled(format!("{}  ", on_one_line(call)), DIM);
    match line {
        Line::Value(name, value) => {
            vec![Row::from(vec![call(name), Span::styled(value.clone(), BOLD)])]
        }
        Line::Failure(name, failure) => {
            let red = |text: &str| Span::styled(on_one_line(text), Style::new().fg(Color::Red));
            let mut texts = failure.text.lines();
            let first = Row::from(vec![call(name), red(texts.next().unwrap_or_default())]);
            let heads = std::iter::once("  try: ").chain(std::iter::repeat("       "));
            let hints = failure.hint.iter().flat_map(|hint| hint.lines()).zip(heads);
            let hint = |(hint, head)| Row::from(vec![Span::styled(head, DIM), Span::raw(on_one_line(hint))]);
            std::iter::once(first)
                .chain(texts.map(|text| Row::from(red(text))))
                .chain(hints.map(hint))
                .collect()
        }
        Line::Change(text) => vec![Row::styled(on_one_line(text), DIM)],
    }
}

fn draw_foot(state: &State, area: Rect, frame: &mut Frame<'_>) {
    match &state.mode {
        Mode::Line(typed) => draw_input("call ", typed, area, true, frame),
        Mode::Form(_) => frame.render_widget(Row::styled(FILLING, DIM), area),
        Mode::Commands if state.view.halted.is_some() => {
            frame.render_widget(Row::styled(format!("halted  {KEYS}"), DIM), area);
        }
        Mode::Commands => frame.render_widget(Row::styled(KEYS, DIM), area),
    }
    if matches!(state.mode, Mode::Line(_)) && area.width > 90 {
        let width = TYPING.len() as u16;
        let right = Rect { x: area.right() - width, width, ..area };
        frame.render_widget(Row::styled(TYPING, DIM), right);
    }
}

fn draw_form(form: &Form, area: Rect, frame: &mut Frame<'_>) {
    let labels = form.fields.iter().map(|field| field.label.chars().count()).max().unwrap_or_default();
    let height = form.fields.len() as u16 + 2;
    let [_, middle, _] =
        Layout::vertical([Constraint::Fill(1), Constraint::Max(height), Constraint::Fill(1)]).areas(area);
    let [_, middle, _] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Max(70), Constraint::Fill(1)]).areas(middle);
    frame.render_widget(Clear, middle);
    let block = Block::bordered().title(format!(" {} ", on_one_line(&form.name)));
    let inside = block.inner(middle);
    frame.render_widget(block, middle);
    for (row, (number, field)) in inside.rows().zip(form.fields.iter().enumerate()) {
        draw_input(&format!("{:<labels$}  ", field.label), &field.input, row, number == form.at, frame);
    }
}

/// Draws a label and what is typed after it.
fn draw_input(label: &str, input: &Input, area: Rect, has_cursor: bool, frame: &mut Frame<'_>) {
    let label_width = u16::try_from(label.chars().count()).unwrap_or(u16::MAX).min(area.width);
    let room = area.width.saturating_sub(label_width);
    let scroll = input.visual_scroll(usize::from(room).saturating_sub(1));
    let [before, after] =
        Layout::horizontal([Constraint::Length(label_width), Constraint::Min(0)]).areas(area);
    frame.render_widget(Row::styled(label, DIM), before);
    let scrolled = u16::try_from(scroll).unwrap_or(u16::MAX);
    frame.render_widget(Paragraph::new(input.value()).scroll((0, scrolled)), after);
    if has_cursor {
        let column = u16::try_from(input.visual_cursor().saturating_sub(scroll)).unwrap_or(u16::MAX);
        frame.set_cursor_position(Position::new(after.x.saturating_add(column), after.y));
    }
}
