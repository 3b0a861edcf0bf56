//! The rows of the table of numbers that are not about speed, so that one command prints all.

use crate::data::Data;
use crate::definitions::{Problem, root};
use crate::engines::{self, Words};
use crate::rows::TargetResult;
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use tamis::Ruleset;
use tamis_peers::pairs;

/// Measures what needs no attack, and reads the rest from the last `make evasion-bench`.
pub fn measure(data: &mut Data<'_>) -> Result<Vec<TargetResult>, Problem> {
    let mut targets = evasion()?;
    let corpora = data.corpora().map(Path::to_owned);
    let (recovered, foreign) = match corpora {
        Some(corpora) => (Some(recovered(&corpora)?), Some(foreign(&corpora, data)?)),
        None => (None, None),
    };
    targets.push(target(
        "homoglyph pairs (1c 3c 6c 2w): changed tokens equal after fold and latinize",
        recovered.map(|share| share * 100.0),
        (95.0, 98.0, false),
        "%",
    ));
    targets.push(target(
        "English rules on 27 other languages, flags per 1,000 lines over exact",
        foreign,
        (0.2, 0.0, true),
        "",
    ));
    Ok(targets)
}

fn target(
    design: &str,
    figure: Option<f64>,
    (floor, aim, at_most): (f64, f64, bool),
    unit: &str,
) -> TargetResult {
    TargetResult {
        design: design.to_owned(),
        figure,
        quartiles: None,
        floor,
        aim,
        at_most,
        unit: unit.to_owned(),
        row: "quality".to_owned(),
    }
}

/// Recall and flags from `evasion.json`.
fn evasion() -> Result<Vec<TargetResult>, Problem> {
    let path = root().join("benches/results/evasion.json");
    let all: Value = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => Value::Null,
    };
    let engine = |level: &str| {
        let name = format!("tamis {level}");
        all["engines"].as_array()?.iter().find(|engine| engine["name"] == name.as_str())
    };
    let flags = |level: &str| {
        let sets = engine(level)?["flags"].as_array()?;
        let sum = |key: &str| sets.iter().filter_map(|set| set[key].as_f64()).sum::<f64>();
        Some((sum("flagged"), sum("lines")))
    };
    let mut targets = Vec::new();
    for (level, recall, over) in [("standard", (92.0, 97.0), 1.0), ("strong", (88.0, 93.0), 3.0)] {
        let figure = engine(level).and_then(|e| e["recall"][level].as_f64());
        targets.push(target(
            &format!("evasion, {level}: macro recall (make evasion-bench)"),
            figure.map(|share| share * 100.0),
            (recall.0, recall.1, false),
            "%",
        ));
        let added = flags(level).zip(flags("exact"));
        targets.push(target(
            &format!("evasion, {level}: flagged lines added, of 1,000 benign (make evasion-bench)"),
            added.map(|((flagged, lines), (exact, _))| (flagged - exact) / lines * 1e3),
            (over, over, true),
            "",
        ));
    }
    Ok(targets)
}

#[derive(Deserialize)]
struct Document {
    text: String,
    #[serde(default)]
    plain: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    lang: String,
}

fn documents(path: &Path) -> Result<Vec<Document>, Problem> {
    let text = std::fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// The share of changed tokens that are the plain ones again after fold and latinize, of those
/// that lost no characters.
fn recovered(corpora: &Path) -> Result<f64, Problem> {
    let rows = documents(&corpora.join("evasion/homoglyph_pairs.jsonl"))?;
    let (mut kept, mut same) = (0.0, 0.0);
    for row in rows.iter().filter(|row| pairs::GROUPS.contains(&row.group.as_str())) {
        let tokens = pairs::changed(&row.text, &row.plain).into_iter().flatten();
        for token in tokens.filter(|token| !token.has_lost_some()) {
            kept += 1.0;
            if token.is_equal(&row.text, &row.plain, tamis::latinize) {
                same += 1.0;
            }
        }
    }
    Ok(same / kept)
}

/// What 402 English words flag in other languages at `standard` beyond `exact`, of 1,000 lines.
fn foreign(corpora: &Path, data: &mut Data<'_>) -> Result<f64, Problem> {
    let lines = documents(&corpora.join("benign/news_sentences.jsonl"))?;
    let lines: Vec<&str> =
        lines.iter().filter(|line| line.lang != "en").map(|line| line.text.as_str()).collect();
    let list = data.list("w402")?;
    let words = Words { list: &list, common: &[] };
    let mut flagged = [0.0; 2];
    for (flagged, engine) in flagged.iter_mut().zip(["tamis-exact", "tamis-standard"]) {
        let ruleset: Ruleset = engines::policy(engine, &words)?.parse()?;
        *flagged = lines.iter().filter(|line| ruleset.is_flagged(**line)).count() as f64;
    }
    Ok((flagged[1] - flagged[0]) / lines.len() as f64 * 1e3)
}
