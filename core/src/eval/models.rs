//! What models say of a document: each asked of each field at most once, and only
//! when a condition wants to know.

use crate::ids::{FieldId, ModelId};
use crate::ngram::Sum;
use crate::ruleset::tables::Tables;
use crate::view::LazyView;

/// The sums of one document, by model and field.
#[derive(Debug, Default)]
pub(crate) struct Models {
    sums: Vec<Option<Sum>>,
}

impl Models {
    /// Forgets the last document.
    pub(crate) fn clear(&mut self, tables: &Tables) {
        self.sums.clear();
        self.sums.resize(tables.models.len() * tables.fields.len(), None);
    }

    /// The model's probability for one field, or for all of them together: what they
    /// are made of adds up, and no n-gram runs from one into the next.
    pub(crate) fn get(
        &mut self,
        tables: &Tables,
        model: ModelId,
        field: Option<FieldId>,
        texts: &[&str],
        views: &mut [LazyView],
    ) -> f64 {
        let mut of = |at: usize| self.sum(tables, model, at, texts[at], &mut views[at]);
        let sum = match field {
            Some(field) => of(field.index()),
            None => (0..tables.fields.len()).map(of).fold(Sum::default(), Sum::plus),
        };
        tables.models[model.index()].model.squeeze(sum)
    }

    fn sum(
        &mut self,
        tables: &Tables,
        model: ModelId,
        field: usize,
        text: &str,
        view: &mut LazyView,
    ) -> Sum {
        let place = &mut self.sums[model.index() * tables.fields.len() + field];
        let model = &tables.models[model.index()].model;
        *place.get_or_insert_with(|| model.sum(view.of(text).written()))
    }
}
