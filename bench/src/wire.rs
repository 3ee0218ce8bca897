//! How many bytes cross the line.

use anyhow::Result;

use crate::board::{Exchange, Frames};
use crate::report::{Report, Section};
use crate::table::Budget;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "bytes",
        title: "what really crosses the line for one call of mult(f32, f32) -> f32",
    });
    let frames = || Frames::of(Exchange::Mult);
    report.count("request", Budget::None, || Ok(frames()?.request.len()))?;
    report.count("reply", Budget::None, || Ok(frames()?.reply.len()))?;
    report.count("request and reply", Budget::AtMost(36.0), || {
        let Frames { request, reply } = frames()?;
        Ok(request.len() + reply.len())
    })?;
    report.count("request and reply, checked", Budget::AtMost(25.0), || {
        let Frames { request, reply } = Frames::of_checked(Exchange::Mult)?;
        Ok(request.len() + reply.len())
    })
}
