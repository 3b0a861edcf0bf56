//! The plots: SVG files beside the report.

use crate::definitions::Problem;
use crate::results::Results;
use plotters::prelude::*;
use std::path::Path;

/// Distinct for the colour-blind too (Okabe and Ito).
const COLOURS: &[RGBColor] = &[
    RGBColor(213, 94, 0),
    RGBColor(230, 159, 0),
    RGBColor(0, 114, 178),
    RGBColor(0, 158, 115),
    RGBColor(86, 180, 233),
    RGBColor(204, 121, 167),
    RGBColor(90, 90, 90),
];
const SIZE: (u32, u32) = (860, 480);

/// A line: its name, and points.
type Line = (String, Vec<(f64, f64)>);

/// Draws what was measured.
pub fn write(folder: &Path, results: &Results) -> Result<(), Problem> {
    let folder = folder.join("plots");
    std::fs::create_dir_all(&folder)?;
    if let Some(growth) = &results.growth {
        let of = |figures: &dyn Fn(usize) -> Vec<(String, f64)>| {
            let mut lines: Vec<Line> = Vec::new();
            for (at, patterns) in growth.patterns.iter().enumerate() {
                for (name, figure) in figures(at) {
                    add(&mut lines, &name, (patterns.n as f64, figure));
                }
            }
            lines
        };
        let rates = of(&|at| growth.patterns[at].mb_per_s.clone());
        lines(
            &folder.join("patterns-throughput.svg"),
            "31-byte lines, one call each",
            ("patterns", "MB/s"),
            &rates,
        )?;
        let mut builds = of(&|at| growth.patterns[at].build_ms.clone());
        builds.extend(of(&|at| {
            growth.patterns[at]
                .load_ms
                .map(|ms| ("tamis, loaded compiled".to_owned(), ms))
                .into_iter()
                .collect()
        }));
        lines(
            &folder.join("patterns-compile.svg"),
            "Time to compile",
            ("patterns", "ms"),
            &builds,
        )?;
        let memory = of(&|at| {
            let row = &growth.patterns[at];
            let mb = |bytes: usize| bytes as f64 / 1e6;
            let mut all = vec![("tamis-standard, memory".to_owned(), mb(row.memory))];
            all.extend(row.compiled.map(|bytes| ("compiled file".to_owned(), mb(bytes))));
            all
        });
        lines(&folder.join("patterns-memory.svg"), "Memory", ("patterns", "MB"), &memory)?;
        let mut lengths: Vec<Line> = Vec::new();
        for row in &growth.lengths {
            for (name, figure) in &row.mb_per_s {
                add(&mut lengths, name, (row.bytes as f64, *figure));
            }
        }
        lines(
            &folder.join("length-throughput.svg"),
            "402 words, comments cut to length",
            ("bytes of a text", "MB/s"),
            &lengths,
        )?;
    }
    if let Some(hostile) = &results.hostile {
        let mut all = hostile.families.clone();
        all.sort_by(|a, b| a.standard[2].1.total_cmp(&b.standard[2].1));
        let bars_of: Vec<(String, f64)> =
            all.iter().map(|f| (f.name.clone(), f.standard[2].1)).collect();
        bars(
            &folder.join("hostile.svg"),
            "Hostile families, one text of 1 MB, 402 words at standard",
            &bars_of,
        )?;
        let slowest: Vec<Line> = all
            .iter()
            .take(6)
            .chain(all.iter().filter(|f| f.name == "prose"))
            .map(|f| {
                (
                    f.name.clone(),
                    f.standard.iter().map(|&(bytes, rate)| (bytes as f64, rate)).collect(),
                )
            })
            .collect();
        lines(
            &folder.join("hostile-growth.svg"),
            "The slowest hostile families, and prose",
            ("bytes of a text", "MB/s"),
            &slowest,
        )?;
    }
    for (row, file) in [("lines-402", "lines-402.svg"), ("comments-402", "comments-402.svg")] {
        if let Some(row) = results.rows.iter().find(|known| known.name == row) {
            let rates: Vec<(String, f64)> =
                row.engines.iter().map(|e| (e.engine.clone(), e.mb_per_s)).collect();
            bars(&folder.join(file), &format!("{} texts, {} words", row.texts, row.words), &rates)?;
        }
    }
    Ok(())
}

fn add(lines: &mut Vec<Line>, name: &str, point: (f64, f64)) {
    match lines.iter_mut().find(|line| line.0 == name) {
        Some(line) => line.1.push(point),
        None => lines.push((name.to_owned(), vec![point])),
    }
}

fn range(values: impl Iterator<Item = f64> + Clone) -> std::ops::Range<f64> {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    least / 1.3..values.fold(0.0, f64::max) * 1.3
}

/// Lines over two logarithmic axes.
fn lines(path: &Path, title: &str, axes: (&str, &str), lines: &[Line]) -> Result<(), Problem> {
    let points = || lines.iter().flat_map(|line| line.1.iter());
    if points().count() == 0 {
        return Ok(());
    }
    let area = SVGBackend::new(path, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(
            range(points().map(|p| p.0)).log_scale(),
            range(points().map(|p| p.1)).log_scale(),
        )?;
    chart
        .configure_mesh()
        .light_line_style(RGBColor(238, 238, 238))
        .x_desc(axes.0)
        .y_desc(axes.1)
        .x_label_formatter(&short)
        .y_label_formatter(&short)
        .draw()?;
    for (at, (name, points)) in lines.iter().enumerate() {
        let colour = COLOURS[at % COLOURS.len()];
        let width = if name.starts_with("tamis") { 3 } else { 2 };
        chart
            .draw_series(
                LineSeries::new(points.iter().copied(), colour.stroke_width(width)).point_size(3),
            )?
            .label(name)
            .legend(move |(x, y)| {
                PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(width))
            });
    }
    chart
        .configure_series_labels()
        .background_style(WHITE.mix(0.85))
        .border_style(RGBColor(200, 200, 200))
        .position(SeriesLabelPosition::LowerLeft)
        .draw()?;
    area.present()?;
    Ok(())
}

/// Bars on a logarithmic axis, each with its figure.
fn bars(path: &Path, title: &str, bars: &[(String, f64)]) -> Result<(), Problem> {
    let high = 60 + 16 * bars.len() as u32;
    let area = SVGBackend::new(path, (SIZE.0, high)).into_drawing_area();
    area.fill(&WHITE)?;
    area.draw(&Text::new(format!("{title} (MB/s, logarithmic)"), (20, 14), ("sans-serif", 18)))?;
    let most = bars.iter().map(|bar| bar.1).fold(1.0, f64::max);
    let least = bars.iter().map(|bar| bar.1).fold(most, f64::min).min(most / 10.0);
    for (at, (name, figure)) in bars.iter().enumerate() {
        let y = 46 + 16 * at as i32;
        let share = ((figure / least).ln() / (most / least).ln()).clamp(0.0, 1.0);
        let colour =
            if name.starts_with("tamis") || name == "prose" { COLOURS[0] } else { COLOURS[2] };
        let end = 196 + (560.0 * share) as i32;
        area.draw(&Text::new(name.clone(), (20, y), ("sans-serif", 12)))?;
        area.draw(&Rectangle::new([(190, y), (end, y + 11)], colour.filled()))?;
        area.draw(&Text::new(short(figure), (end + 6, y), ("sans-serif", 12)))?;
    }
    area.present()?;
    Ok(())
}

fn short(value: &f64) -> String {
    let trimmed = |value: f64, unit: &str| {
        if value >= 9.95 || (value - value.round()).abs() < 0.05 {
            format!("{value:.0}{unit}")
        } else {
            format!("{value:.1}{unit}")
        }
    };
    match *value {
        v if v >= 1e6 => trimmed(v / 1e6, "M"),
        v if v >= 1e4 => trimmed(v / 1e3, "k"),
        v if v >= 0.95 => trimmed(v, ""),
        v => format!("{v:.2}"),
    }
}
