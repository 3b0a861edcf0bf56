//! What is measured, as data: `definitions/*.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// Anything that stops a measurement.
pub type Problem = Box<dyn Error>;

/// All definitions.
#[derive(Debug)]
pub struct Definitions {
    /// By name.
    pub texts: BTreeMap<String, TextsDef>,
    /// By name.
    pub lists: BTreeMap<String, ListDef>,
    /// By name.
    pub engines: BTreeMap<String, EngineDef>,
    /// In order.
    pub rows: Vec<Row>,
    /// In order.
    pub python: Vec<Row>,
}

/// Where texts come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextsDef {
    /// In a few words.
    pub what: String,
    /// JSON Lines below the folder of corpora.
    pub corpus: Vec<String>,
    /// Files of the project's own corpora instead.
    pub own: Vec<String>,
    /// Bytes of a page to join texts to.
    pub pages: Option<usize>,
    /// Bytes that a text has.
    pub between: Option<(usize, usize)>,
}

/// Where a list comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListDef {
    /// In a few words.
    pub what: String,
    /// Lists below `lists` of the folder of corpora.
    #[serde(default)]
    pub files: Vec<String>,
    /// The most frequent words of these corpora.
    #[serde(default)]
    pub frequent: Vec<String>,
    /// The least frequent words of these.
    #[serde(default)]
    pub rare: Vec<String>,
    /// A file of the project's own corpora instead.
    pub own: String,
    /// So many words.
    pub limit: Option<usize>,
}

/// An engine.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngineDef {
    /// How it is used.
    pub what: String,
    /// What of Tamis' work it leaves undone.
    pub lacks: String,
    /// Engines with the same word find the same.
    pub finds: Option<String>,
}

/// A measurement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The name of the texts.
    pub texts: String,
    /// The name of the list.
    pub list: String,
    /// So many bytes of the texts.
    #[serde(default = "default_bytes")]
    pub bytes: usize,
    /// The names of the engines.
    pub engines: Vec<String>,
    /// What the figures say.
    pub analysis: String,
    /// Numbers to reach.
    #[serde(default)]
    pub target: Vec<Target>,
}

/// A number to reach.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The row of the table of numbers.
    pub design: String,
    /// Whose figure it is.
    pub engine: String,
    /// Whose time is divided by it; without it the figure is MB/s.
    pub over: Option<String>,
    /// At least this; at most, if `at_most`.
    pub floor: f64,
    /// Better this.
    pub aim: f64,
    /// Less is better: the figure is the share of the other's time.
    #[serde(default)]
    pub at_most: bool,
}

/// More than a core keeps in its second cache.
fn default_bytes() -> usize {
    1_000_000
}

#[derive(Deserialize)]
struct Rows {
    row: Vec<Row>,
}

impl Definitions {
    /// Reads the definitions of this repository.
    pub fn read() -> Result<Self, Problem> {
        let definitions = Self {
            texts: read("texts.toml")?,
            lists: read("lists.toml")?,
            engines: read("engines.toml")?,
            rows: read::<Rows>("rows.toml")?.row,
            python: read::<Rows>("python.toml")?.row,
        };
        definitions.check()?;
        Ok(definitions)
    }

    /// Every name that is used is defined.
    fn check(&self) -> Result<(), Problem> {
        for row in self.rows.iter().chain(&self.python) {
            let named = |name: &str| format!("row {}: nothing is called `{name}`", row.name);
            if !self.texts.contains_key(&row.texts) {
                return Err(named(&row.texts).into());
            }
            if !self.lists.contains_key(&row.list) {
                return Err(named(&row.list).into());
            }
            for engine in &row.engines {
                if !self.engines.contains_key(engine) {
                    return Err(named(engine).into());
                }
            }
            for target in &row.target {
                for engine in [Some(&target.engine), target.over.as_ref()].into_iter().flatten() {
                    if !row.engines.contains(engine) {
                        return Err(named(engine).into());
                    }
                }
            }
        }
        Ok(())
    }
}

/// The folder of the peers.
pub fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The repository.
pub fn root() -> PathBuf {
    here().join("../..")
}

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, Problem> {
    let path: PathBuf = here().join("definitions").join(name);
    parse(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn parse<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Problem> {
    Ok(toml::from_str(&std::fs::read_to_string(path)?)?)
}
