//! Values as lines that move, on a terminal.
//!
//! A [`View`] knows what is shown, and is changed by samples and by keys; [`draw`](draw::draw) draws it, and [`screen`] shows it.

pub(crate) mod draw;
mod feed;
mod scale;
pub(crate) mod screen;
mod series;
mod view;

pub(crate) use feed::Feed;
pub(crate) use view::{View, Wish};
