//! Texts, lists and policies as one JSON file, for the peers in Python.

use crate::data::{Data, digest};
use crate::definitions::{Definitions, Problem};
use crate::engines::{self, Words};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Bytes for the measurement of threads.
const THREAD_BYTES: usize = 2_000_000;

/// Writes `speed-input.json`.
pub fn write(folder: &Path, definitions: &Definitions, data: &mut Data<'_>) -> Result<(), Problem> {
    let mut rows = Vec::new();
    let mut lists = Map::new();
    let mut policies = Map::new();
    for row in &definitions.python {
        let texts = data.some_texts(&row.texts, row.bytes)?;
        let list = data.list(&row.list)?;
        rows.push(json!({
            "name": row.name,
            "list": row.list,
            "engines": row.engines,
            "digest": digest(texts.iter().chain(list.iter())),
            "texts": texts,
        }));
        let words = Words { list: &list, common: &[] };
        policies.insert(row.list.clone(), engines::policy("tamis-standard", &words)?.into());
        lists.insert(row.list.clone(), Value::from(list.to_vec()));
    }
    let threads = data.some_texts("lines-en", THREAD_BYTES)?;
    let all = json!({ "rows": rows, "lists": lists, "policies": policies, "threads": threads });
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("speed-input.json"), serde_json::to_string(&all)?)?;
    Ok(())
}
