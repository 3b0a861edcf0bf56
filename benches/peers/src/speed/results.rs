//! All figures, kept in one file; what is measured anew replaces what was there.

use crate::definitions::{Definitions, Problem};
use crate::growth::Growth;
use crate::hostile::Hostile;
use crate::load::Load;
use crate::rows::{self, EngineResult, RowResult, TargetResult};
use crate::threads::Threads;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use tamis_peers::machine::{self, Machine};

/// The file `speed.json`.
#[derive(Default, Deserialize, Serialize)]
pub struct Results {
    /// On what it ran last.
    pub machine: Option<Machine>,
    /// When each part was measured, and on which commit.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
    /// Real corpora were read, not the project's own.
    #[serde(default)]
    pub real_corpora: bool,
    /// Rust.
    #[serde(default)]
    pub rows: Vec<RowResult>,
    /// Python.
    #[serde(default)]
    pub python: Vec<RowResult>,
    /// Versions of the Python packages.
    #[serde(default)]
    pub python_versions: BTreeMap<String, String>,
    /// Threads, from Python.
    #[serde(default)]
    pub python_threads: Vec<TargetResult>,
    /// Hostile families.
    pub hostile: Option<Hostile>,
    /// Growth.
    pub growth: Option<Growth>,
    /// Threads.
    pub threads: Option<Threads>,
    /// Compiling and loading.
    pub load: Option<Load>,
    /// What is not about speed.
    #[serde(default)]
    pub quality: Vec<TargetResult>,
}

/// What python/speed.py writes.
#[derive(Deserialize)]
struct FromPython {
    versions: BTreeMap<String, String>,
    rows: Vec<PythonRow>,
    threads: Vec<PythonThreads>,
}

#[derive(Deserialize)]
struct PythonRow {
    name: String,
    n: usize,
    bytes: usize,
    words: usize,
    engines: Vec<EngineResult>,
}

#[derive(Deserialize)]
struct PythonThreads {
    design: String,
    figure: Option<f64>,
    quartiles: Option<(f64, f64)>,
    floor: f64,
    aim: f64,
}

impl Results {
    /// What was measured before, if anything.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        match std::fs::read_to_string(folder.join("speed.json")) {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(_) => Ok(Self::default()),
        }
    }

    /// Notes where this runs.
    pub fn begin(&mut self, real_corpora: bool) {
        self.machine = Some(machine::describe());
        self.real_corpora = real_corpora;
    }

    fn stamp(&mut self, part: &str) {
        self.when.insert(part.to_owned(), now());
    }

    /// Replaces a row.
    pub fn set_row(&mut self, row: RowResult) {
        self.stamp(&row.name);
        match self.rows.iter_mut().find(|known| known.name == row.name) {
            Some(known) => *known = row,
            None => self.rows.push(row),
        }
    }

    /// Replaces the part.
    pub fn set_hostile(&mut self, hostile: Hostile) {
        self.stamp("hostile");
        self.hostile = Some(hostile);
    }

    /// Replaces the part.
    pub fn set_growth(&mut self, growth: Growth) {
        self.stamp("growth");
        self.growth = Some(growth);
    }

    /// Replaces the part.
    pub fn set_threads(&mut self, threads: Threads) {
        self.stamp("threads");
        self.threads = Some(threads);
    }

    /// Replaces the part.
    pub fn set_load(&mut self, load: Load) {
        self.stamp("load");
        self.load = Some(load);
    }

    /// Replaces the part.
    pub fn set_quality(&mut self, quality: Vec<TargetResult>) {
        self.stamp("quality");
        self.quality = quality;
    }

    /// Takes in what python/speed.py measured, if it has.
    pub fn read_python(&mut self, folder: &Path, definitions: &Definitions) -> Result<(), Problem> {
        let Ok(text) = std::fs::read_to_string(folder.join("speed-python.json")) else {
            return Ok(());
        };
        let FromPython { versions, rows, threads } = serde_json::from_str(&text)?;
        self.stamp("python");
        self.python_versions = versions;
        self.python.clear();
        for row in rows {
            let Some(def) = definitions.python.iter().find(|def| def.name == row.name) else {
                return Err(format!("no row `{}` is defined", row.name).into());
            };
            let targets =
                def.target.iter().map(|t| rows::target(t, &row.name, &row.engines)).collect();
            self.python.push(RowResult {
                name: row.name,
                texts: def.texts.clone(),
                n: row.n,
                bytes: row.bytes,
                list: def.list.clone(),
                words: row.words,
                engines: row.engines,
                targets,
            });
        }
        self.python_threads = threads.into_iter().map(PythonThreads::target).collect();
        std::fs::remove_file(folder.join("speed-python.json"))?;
        Ok(())
    }

    /// Writes the file.
    pub fn write(&self, folder: &Path) -> Result<(), Problem> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("speed.json"), serde_json::to_string(self)? + "\n")?;
        Ok(())
    }
}

impl PythonThreads {
    fn target(self) -> TargetResult {
        TargetResult {
            design: self.design,
            figure: self.figure,
            quartiles: self.quartiles,
            floor: self.floor,
            aim: self.aim,
            at_most: false,
            unit: "×".to_owned(),
            row: "python-threads".to_owned(),
        }
    }
}

/// The day and the commit.
fn now() -> String {
    let said = |program: &str, args: &[&str]| {
        let output =
            Command::new(program).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        output.map_or_else(
            |_| "?".to_owned(),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        )
    };
    let date = said("date", &["-u", "+%Y-%m-%d %H:%M"]);
    format!("{date} UTC, {}", said("git", &["rev-parse", "--short", "HEAD"]))
}
