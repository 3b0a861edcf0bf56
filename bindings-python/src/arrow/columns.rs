//! A batch of verdicts → Arrow columns.

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int32Array, ListArray, RecordBatch,
    StringArray, StructArray, UInt32Array,
};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, Field, Schema};
use std::sync::Arc;
use tamis::ids::LabelId;
use tamis::{Batch, Input, Offsets, Ruleset, VerdictRef};

/// One row a document. `input` gives a document again, for the places of its matches;
/// what `present` leaves out was none, and has no values.
pub(crate) fn table<'t>(
    ruleset: &Ruleset,
    batch: &Batch,
    present: Option<&NullBuffer>,
    input: impl Fn(usize) -> Input<'t>,
) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    let mut add = |name: String, column: ArrayRef| {
        fields.push(Field::new(name, column.data_type().clone(), present.is_some()));
        columns.push(column);
    };
    add("action".to_owned(), actions(ruleset, batch, present)?);
    for (at, label) in ruleset.labels().iter().enumerate() {
        let scores = batch.scores(LabelId(at as u32)).iter().map(|score| score.to_f64());
        let column = Float64Array::new(scores.collect(), present.cloned());
        add(format!("score.{}", label.name), Arc::new(column));
    }
    add("exempt".to_owned(), flags(batch, VerdictRef::exempt, present));
    add("saturated".to_owned(), flags(batch, VerdictRef::saturated, present));
    add("matches".to_owned(), matches(ruleset, batch, present, input)?);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

/// Codes of the actions, which are few.
fn actions(
    ruleset: &Ruleset,
    batch: &Batch,
    present: Option<&NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    let codes = batch.actions().iter().map(|action| action.0.cast_signed());
    let codes = Int32Array::new(codes.collect(), present.cloned());
    let names: StringArray = ruleset.actions().map(Some).collect();
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(codes, Arc::new(names))?))
}

/// A flag of the verdicts, which none has in which nothing was found.
fn flags<'b>(
    batch: &'b Batch,
    flag: impl Fn(VerdictRef<'b>) -> bool,
    present: Option<&NullBuffer>,
) -> ArrayRef {
    let mut flags = BooleanBufferBuilder::new(batch.len());
    flags.append_n(batch.len(), false);
    for (row, verdict) in batch.kept() {
        if flag(verdict) {
            flags.set_bit(row, true);
        }
    }
    Arc::new(BooleanArray::new(flags.finish(), present.cloned()))
}

/// The matches of enforced rules that fired: a list of structs a row.
fn matches<'t>(
    ruleset: &Ruleset,
    batch: &Batch,
    present: Option<&NullBuffer>,
    input: impl Fn(usize) -> Input<'t>,
) -> Result<ArrayRef, ArrowError> {
    let mut lengths = vec![0; batch.len()];
    let mut found = Matches::default();
    for (row, verdict) in batch.kept() {
        if !verdict.fired().is_empty() {
            let input = input(row);
            lengths[row] = found.add(ruleset, verdict, &input);
        }
    }
    let items = found.finish()?;
    let item = Arc::new(Field::new("item", items.data_type().clone(), false));
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(Arc::new(ListArray::try_new(item, offsets, items, present.cloned())?))
}

/// The columns of all matches, one after the other.
#[derive(Default)]
struct Matches {
    names: [Vec<String>; 4],
    /// Code points.
    starts: Vec<u32>,
    ends: Vec<u32>,
    costs: Vec<f64>,
    kinds: Vec<&'static str>,
    kind_counts: Vec<usize>,
}

impl Matches {
    /// Adds those of a verdict; gives how many they are.
    fn add(&mut self, ruleset: &Ruleset, verdict: VerdictRef<'_>, input: &Input<'_>) -> usize {
        let report = ruleset.report(verdict, input, Offsets::Codepoints);
        let before = self.starts.len();
        for rule in &report.rules {
            for found in &rule.matches {
                let names = [rule.rule, found.group, found.pattern, found.field];
                for (column, name) in self.names.iter_mut().zip(names) {
                    column.push(name.to_owned());
                }
                self.starts.push(found.start);
                self.ends.push(found.end);
                self.costs.push(found.evasion.cost);
                self.kinds.extend(&found.evasion.kinds);
                self.kind_counts.push(found.evasion.kinds.len());
            }
        }
        self.starts.len() - before
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        let kinds: ArrayRef = Arc::new(StringArray::from(self.kinds));
        let kind = Arc::new(Field::new("item", kinds.data_type().clone(), false));
        let counts = OffsetBuffer::from_lengths(self.kind_counts);
        let [rules, groups, patterns, fields] =
            self.names.map(|names| Arc::new(StringArray::from(names)) as ArrayRef);
        let columns: [(&str, ArrayRef); 8] = [
            ("rule", rules),
            ("group", groups),
            ("pattern", patterns),
            ("field", fields),
            ("start", Arc::new(UInt32Array::from(self.starts))),
            ("end", Arc::new(UInt32Array::from(self.ends))),
            ("cost", Arc::new(Float64Array::from(self.costs))),
            ("kinds", Arc::new(ListArray::try_new(kind, counts, kinds, None)?)),
        ];
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns
            .into_iter()
            .map(|(name, column)| (Field::new(name, column.data_type().clone(), false), column))
            .unzip();
        Ok(Arc::new(StructArray::try_new(fields.into(), columns, None)?))
    }
}
