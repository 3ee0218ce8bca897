//! Values as lines that move, on a terminal.
//!
//! A [`View`] knows what is shown, and is changed by samples and by keys; [`draw`](draw::draw) draws it, and [`screen`] shows it.

mod draw;
mod scale;
pub(crate) mod screen;
mod series;
mod view;

pub(crate) use view::{View, Wish};
