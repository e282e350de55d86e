//! A picture of the headline: the right article among three suggestions, against how much of the question is typed. One
//! small panel for each set, all with the same axes.

use crate::report::{ByShare, Report};
use std::fmt::Write;

mod style;

use style::{RIVAL_COLOURS, STYLE};

/// Panels side by side; four fit the width of a page of documentation.
const COLUMNS: usize = 4;
/// The heading needs the width of two, even where there is one set.
const LEAST_COLUMNS: usize = 2;
/// A panel with its margins, in pixels, and the area of its lines within.
const PANEL: (f64, f64) = (250.0, 216.0);
const AREA: (f64, f64) = (196.0, 138.0);
const AREA_AT: (f64, f64) = (34.0, 42.0);
/// Room for the title and the legend.
const HEAD: f64 = 108.0;
const MARGIN: f64 = 20.0;
/// Width of a letter of the legend, about: text cannot be measured here.
const LETTER: f64 = 6.9;
/// The line and the gaps beside a name in the legend.
const LEGEND_GAP: f64 = 46.0;

/// The plot of all reports, as a whole SVG file.
pub fn plot(reports: &[Report]) -> String {
    let sets = in_order(reports, |report| &report.set);
    let engines = in_order(reports, |report| &report.engine);
    let columns = sets.len().clamp(1, COLUMNS);
    let width = 2.0 * MARGIN + columns.max(LEAST_COLUMNS) as f64 * PANEL.0;
    let rows = sets.len().div_ceil(columns);
    let legend = legend(&engines, width);
    let top = HEAD + (legend.rows - 1) as f64 * 22.0;
    let height = top + rows as f64 * PANEL.1 + MARGIN;

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">The right article among three suggestions, against the share of the question typed</title>\n\
         <desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{width}\" height=\"{height}\" rx=\"12\"/>\n\
         <text class=\"h\" x=\"{MARGIN}\" y=\"34\">The right article among three suggestions</text>\n\
         <text class=\"s\" x=\"{MARGIN}\" y=\"54\">% of questions, by how much of the question is typed</text>\n{}",
        escaped(&description(reports)),
        legend.svg,
    );
    for (number, set) in sets.iter().enumerate() {
        let x = MARGIN + (number % columns) as f64 * PANEL.0;
        let y = top + (number / columns) as f64 * PANEL.1;
        let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">");
        panel(&mut svg, set, reports, &engines);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

struct Legend {
    svg: String,
    rows: usize,
}

fn legend(engines: &[&str], width: f64) -> Legend {
    let mut legend = Legend { svg: String::new(), rows: 1 };
    let mut x = MARGIN;
    for (number, engine) in engines.iter().enumerate() {
        let needed = LEGEND_GAP + engine.chars().count() as f64 * LETTER;
        if x + needed > width - MARGIN && x > MARGIN {
            x = MARGIN;
            legend.rows += 1;
        }
        let y = 82.0 + (legend.rows - 1) as f64 * 22.0;
        let _ = writeln!(
            legend.svg,
            "<line class=\"{}\" {} x1=\"{x}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/><text class=\"n\" x=\"{}\" y=\"{}\">{}</text>",
            class(number),
            colour(number),
            x + 22.0,
            x + 29.0,
            y + 4.5,
            escaped(engine),
        );
        x += needed;
    }
    legend
}

fn panel(svg: &mut String, set: &str, reports: &[Report], engines: &[&str]) {
    let _ = writeln!(svg, "<text class=\"p\" x=\"{}\" y=\"26\">{}</text>", AREA_AT.0, escaped(set));
    for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let y = y_of(percent / 100.0);
        let (left, right) = (AREA_AT.0, AREA_AT.0 + AREA.0);
        let _ = writeln!(svg, "<line class=\"g\" x1=\"{left}\" y1=\"{y}\" x2=\"{right}\" y2=\"{y}\"/>");
        let _ = writeln!(svg, "<text class=\"a e\" x=\"{}\" y=\"{}\">{percent}</text>", left - 7.0, y + 3.5);
    }
    for share in crate::cut::SHARES {
        let unit = if share == 100 { " %" } else { "" };
        let (x, y) = (x_of(share), AREA_AT.1 + AREA.1 + 16.0);
        let _ = writeln!(svg, "<text class=\"a m\" x=\"{x}\" y=\"{y}\">{share}{unit}</text>");
    }
    // Ours is the first and is drawn last, over the others.
    for (number, engine) in engines.iter().enumerate().rev() {
        let of_both = |report: &&Report| report.set == set && report.engine == *engine;
        let Some(report) = reports.iter().find(of_both) else { continue };
        let _ = writeln!(svg, "<path class=\"{}\" {} d=\"{}\"/>", class(number), colour(number), path(&report.s3));
        if number == 0 {
            points(svg, &report.s3);
        }
    }
}

/// Our values, with their numbers.
fn points(svg: &mut String, s3: &ByShare) {
    for (share, value) in s3 {
        let (x, y) = (x_of(*share), y_of(*value));
        let _ = writeln!(
            svg,
            "<circle class=\"o\" cx=\"{x}\" cy=\"{y}\" r=\"3.2\"/><text class=\"v m\" x=\"{x}\" y=\"{:.1}\">{:.0}</text>",
            y - 8.0,
            value * 100.0
        );
    }
}

fn path(s3: &ByShare) -> String {
    let points = s3.iter().map(|(share, value)| format!("{} {}", x_of(*share), y_of(*value)));
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

fn x_of(share: u8) -> f64 {
    rounded(AREA_AT.0 + 10.0 + (f64::from(share) - 25.0) / 75.0 * (AREA.0 - 20.0))
}

fn y_of(value: f64) -> f64 {
    rounded(AREA_AT.1 + AREA.1 * (1.0 - value))
}

/// A tenth of a pixel is not seen.
fn rounded(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}

fn class(engine: usize) -> &'static str {
    if engine == 0 { "l us" } else { "l" }
}

fn colour(engine: usize) -> String {
    let place = engine.checked_sub(1).map(|rival| rival % RIVAL_COLOURS.len());
    let colour = place.and_then(|place| RIVAL_COLOURS.get(place));
    colour.map(|colour| format!("stroke=\"{colour}\"")).unwrap_or_default()
}

/// For those who do not see it: the headline's numbers.
fn description(reports: &[Report]) -> String {
    let half = |report: &Report| report.s3.get(&50).copied().unwrap_or_default() * 100.0;
    let parts = reports.iter().map(|report| format!("{}, {}: {:.0} %", report.set, report.engine, half(report)));
    format!("With half of the question typed. {}.", parts.collect::<Vec<_>>().join("; "))
}

/// All different values, in the order in which they first come.
fn in_order<'a>(reports: &'a [Report], value: impl Fn(&'a Report) -> &'a String) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for report in reports {
        let value = value(report).as_str();
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(set: &str, engine: &str, half: f64) -> Report {
        let s3 = ByShare::from([(25, 0.0), (50, half), (75, 1.0), (100, 1.0)]);
        Report { set: set.into(), engine: engine.into(), s3, ..Report::default() }
    }

    #[test]
    fn every_set_has_a_panel_and_every_engine_a_line_in_it() {
        let svg = plot(&[report("a<b", "us", 0.64), report("a<b", "it", 0.5), report("c", "us", 0.5)]);
        assert_eq!(svg.matches("class=\"p\"").count(), 2);
        assert_eq!(svg.matches("<path").count(), 3);
        assert!(svg.contains("a&lt;b") && !svg.contains("a<b"));
        assert!(svg.contains(">64<") && svg.contains("a&lt;b, us: 64 %"));
    }

    #[test]
    fn the_axes_begin_at_the_bottom_left() {
        assert_eq!((x_of(25), y_of(0.0)), (44.0, 180.0));
        assert_eq!((x_of(100), y_of(1.0)), (220.0, 42.0));
    }

    #[test]
    fn a_long_legend_goes_on_in_another_row() {
        assert_eq!(legend(&["us", "it"], 300.0).rows, 1);
        assert_eq!(legend(&["a rather long name", "another one of them"], 300.0).rows, 2);
    }
}
