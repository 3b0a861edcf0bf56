//! What the user said about columns and keys, checked against the policy and each file.

use super::csv::CsvLayout;
use super::format::Format;
use super::json::JsonLayout;
use crate::args::ReadArgs;
use crate::facts;
use crate::failure::Failure;
use tamis::Ruleset;
use tamis::spec::model::FactType;

/// Names for all files of a run.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    text: Option<String>,
    fields: Vec<(String, String)>,
    facts: Vec<(String, FactType, String)>,
    /// The field that a text without a name goes to.
    first_field: String,
    /// Whether corpus labels are wanted.
    labels: bool,
}

/// How the rows of one file are understood.
#[derive(Clone, Debug)]
pub(crate) enum Layout {
    /// The line is the text.
    Txt,
    /// Cells by column.
    Csv(CsvLayout),
    /// Values by key.
    Jsonl(JsonLayout),
}

impl Request {
    /// What `args` say; fails for fields and facts that the policy does not have.
    pub(crate) fn new(args: &ReadArgs, ruleset: &Ruleset, labels: bool) -> Result<Self, Failure> {
        for (name, _) in &args.fields {
            facts::check_field(ruleset, name)?;
        }
        refuse_doubles(args)?;
        let first_field = ruleset.fields().first().cloned().unwrap_or_default();
        if args.text.is_some() {
            facts::refuse_first_field(ruleset, "--text", args.fields.iter().map(|(name, _)| name))?;
        }
        let facts = args.facts.iter().map(|(name, column)| {
            Ok((name.clone(), facts::declared(ruleset, name)?, column.clone()))
        });
        Ok(Self {
            text: args.text.clone(),
            fields: args.fields.clone(),
            facts: facts.collect::<Result<_, Failure>>()?,
            first_field,
            labels,
        })
    }

    /// The layout of a file without a header.
    pub(crate) fn plain(&self, format: Format, file: &str) -> Result<Layout, Failure> {
        if format == Format::Jsonl {
            return Ok(Layout::Jsonl(JsonLayout {
                text: self.text.clone(),
                fields: self.fields.clone(),
                facts: self.facts.iter().map(|(n, _, key)| (n.clone(), key.clone())).collect(),
                first_field: self.first_field.clone(),
                labels: self.labels,
            }));
        }
        if self.text.is_some() || !self.fields.is_empty() || !self.facts.is_empty() {
            return Err(Failure::input(format!(
                "{file} is read as lines of text, which have no columns for --text, --field \
                 or --fact; if it is CSV or JSON Lines, say so with --format"
            )));
        }
        Ok(Layout::Txt)
    }

    /// The layout of a file of separated values with these columns.
    pub(crate) fn csv(&self, header: Vec<String>, file: &str) -> Result<Layout, Failure> {
        let column = |name: &str| header.iter().position(|c| c == name);
        let need = |name: &str, option: &str| {
            column(name).ok_or_else(|| {
                Failure::input(format!(
                    "{file} has no column `{name}`; its columns are: {}. Name the right one \
                     with {option}",
                    header.join(", ")
                ))
            })
        };
        let mut texts = Vec::new();
        if self.fields.is_empty() || self.text.is_some() {
            texts.push((None, need(self.text.as_deref().unwrap_or("text"), "--text")?));
        }
        for (name, key) in &self.fields {
            texts.push((Some(name.clone()), need(key, &format!("--field {name}=COLUMN"))?));
        }
        let mut facts = Vec::new();
        for (name, kind, key) in &self.facts {
            let option = format!("--fact {name}=COLUMN");
            facts.push((name.clone(), *kind, need(key, &option)?));
        }
        let wanted = |name| if self.labels { column(name) } else { None };
        Ok(Layout::Csv(CsvLayout {
            texts,
            facts,
            id: column("id"),
            lang: column("lang"),
            labels: wanted("labels"),
            known: wanted("known"),
            header,
        }))
    }
}

/// One column is one text: a text that is read twice could not be written back.
fn refuse_doubles(args: &ReadArgs) -> Result<(), Failure> {
    let columns = args.text.iter().chain(args.fields.iter().map(|(_, column)| column));
    let names = args.fields.iter().map(|(name, _)| name);
    let doubled = |mut all: Vec<&String>| {
        all.sort_unstable();
        all.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone())
    };
    if let Some(column) = doubled(columns.collect()) {
        return Err(Failure::input(format!("`{column}` is named twice by --text and --field")));
    }
    if let Some(name) = doubled(names.collect()) {
        return Err(Failure::input(format!("the field `{name}` has two columns")));
    }
    Ok(())
}
