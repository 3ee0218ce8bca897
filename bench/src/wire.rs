//! How many bytes cross the line.

use anyhow::Result;

use crate::board::{Exchange, Frames};
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "bytes",
        title: "what really crosses the line for one call of mult(f32, f32) -> f32",
    });
    let frames = || Frames::of(Exchange::Mult);
    report.measure("request", Budget::None, || Ok(Quantity::Bytes(frames()?.request.len())))?;
    report.measure("reply", Budget::None, || Ok(Quantity::Bytes(frames()?.reply.len())))?;
    report.measure("request and reply", Budget::AtMost(36.0), || {
        let Frames { request, reply } = frames()?;
        Ok(Quantity::Bytes(request.len() + reply.len()))
    })?;
    report.measure("request and reply, checked", Budget::AtMost(25.0), || {
        let Frames { request, reply } = Frames::of_checked(Exchange::Mult)?;
        Ok(Quantity::Bytes(request.len() + reply.len()))
    })
}
