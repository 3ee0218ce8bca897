//! What keys mean.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use super::form::Form;
use super::state::{Line, Mode, State};
use crate::connection::Call;
use crate::line;
use crate::plot;

/// What a key asks of whoever shows the screen.
pub(super) enum Wish {
    Nothing,
    Quit,
    /// A call, and the line that would make it.
    Call(Call, String),
    /// Other commands are to be watched.
    Watch,
    /// Begin a recording, or end it.
    Record,
}

/// Does what a key means.
pub(super) fn press(state: &mut State, input: &Event, now: f64) -> Wish {
    let Event::Key(key) = input else { return Wish::Nothing };
    if key.kind == KeyEventKind::Release {
        return Wish::Nothing;
    }
    if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL) {
        return Wish::Quit;
    }
    match std::mem::take(&mut state.mode) {
        Mode::Commands => of_commands(state, *key, now),
        Mode::Line(typed) => of_line(state, typed, input, *key),
        Mode::Form(form) => of_form(state, form, input, *key),
    }
}

fn of_commands(state: &mut State, key: KeyEvent, now: f64) -> Wish {
    let last = state.known.len().saturating_sub(1);
    match key.code {
        KeyCode::Up => state.selected = state.selected.saturating_sub(1),
        KeyCode::Down => state.selected = (state.selected + 1).min(last),
        KeyCode::Home => state.selected = 0,
        KeyCode::End => state.selected = last,
        KeyCode::Char(':' | 'c') => state.mode = Mode::Line(Input::default()),
        KeyCode::Enter => return begin_call(state),
        KeyCode::Char('w') => return watch(state),
        _ => match state.view.key(key, now) {
            plot::Wish::Quit => return Wish::Quit,
            plot::Wish::Record => return Wish::Record,
            plot::Wish::Nothing => {}
        },
    }
    Wish::Nothing
}

/// Calls the command that is marked; asks for its arguments first if it has any.
fn begin_call(state: &mut State) -> Wish {
    let Some(known) = state.known.get(state.selected) else { return Wish::Nothing };
    match Form::new(known) {
        Some(form) if form.fields.is_empty() => send(state, form.call()),
        Some(form) => {
            state.mode = Mode::Form(form);
            Wish::Nothing
        }
        None => {
            let name = shlex::try_quote(&known.name).unwrap_or(known.name.as_str().into());
            state.mode = Mode::Line(Input::new(format!("{name} ")));
            Wish::Nothing
        }
    }
}

/// Watches the command that is marked, or no longer; one with arguments cannot be.
fn watch(state: &mut State) -> Wish {
    let at = state.selected;
    let Some(known) = state.known.get(at) else { return Wish::Nothing };
    if known.told.as_ref().is_some_and(|told| !told.signature().arguments().is_empty()) {
        let text = format!("serialtalk watch \"{} ...\" watches a command with arguments", known.name);
        state.say(Line::Change(text));
        return Wish::Nothing;
    }
    match state.watched.iter().position(|watched| *watched == at) {
        Some(place) => _ = state.watched.remove(place),
        None => state.watched.push(at),
    }
    Wish::Watch
}

fn of_line(state: &mut State, mut typed: Input, input: &Event, key: KeyEvent) -> Wish {
    match key.code {
        KeyCode::Esc => Wish::Nothing,
        KeyCode::Enter if typed.value().trim().is_empty() => Wish::Nothing,
        KeyCode::Enter => {
            let text = typed.value().trim().to_owned();
            send(state, line::call(&text, None).map(|call| (call, text)))
        }
        KeyCode::Tab => {
            let matching = |name: &&str| name.starts_with(typed.value());
            let names: Vec<_> =
                state.known.iter().map(|known| known.name.as_str()).filter(matching).collect();
            if let [only] = names.as_slice() {
                typed = Input::new(format!("{only} "));
            }
            state.mode = Mode::Line(typed);
            Wish::Nothing
        }
        _ => {
            typed.handle_event(input);
            state.mode = Mode::Line(typed);
            Wish::Nothing
        }
    }
}

fn of_form(state: &mut State, mut form: Form, input: &Event, key: KeyEvent) -> Wish {
    let last = form.fields.len().saturating_sub(1);
    match key.code {
        KeyCode::Esc => return Wish::Nothing,
        KeyCode::Enter if form.at == last => {
            let called = form.call();
            if called.is_err() {
                state.mode = Mode::Form(form);
            }
            return send(state, called);
        }
        KeyCode::Down | KeyCode::Tab | KeyCode::Enter => form.at = (form.at + 1).min(last),
        KeyCode::Up | KeyCode::BackTab => form.at = form.at.saturating_sub(1),
        _ => {
            if let Some(field) = form.fields.get_mut(form.at) {
                field.input.handle_event(input);
            }
        }
    }
    state.mode = Mode::Form(form);
    Wish::Nothing
}

/// Makes a call, unless what was typed is none.
fn send(state: &mut State, call: crate::failure::Result<(Call, String)>) -> Wish {
    match call {
        Ok((call, text)) => Wish::Call(call, text),
        Err(failure) => {
            state.say(Line::Failure("call".into(), failure));
            Wish::Nothing
        }
    }
}
