//! Models: understood, and checked, once their files were read.

use super::Compile;
use crate::diag::{Code, Diagnostic, SourceFile};
use crate::ngram::{Model, ModelError};
use crate::ruleset::tables::ModelRow;
use crate::span::{FileId, SourceSpan};
use crate::spec::model;

impl Compile<'_> {
    /// A row for each model, in order; of one that cannot be used, one that says nothing.
    pub(super) fn models(&mut self) {
        let spec = self.spec;
        for written in &spec.models {
            let model = written.file.and_then(|file| self.model(written, file));
            let model = model.unwrap_or_default();
            self.tables.models.push(ModelRow { name: written.name.value.clone(), model });
        }
    }

    fn model(&mut self, written: &model::Model, file: FileId) -> Option<Model> {
        let text = self.policy.sources().file(file).map_or("", SourceFile::text);
        match text.parse() {
            Ok(model) => Some(model),
            Err(error) => {
                self.sink.push(bad_model(written, file, &error));
                None
            }
        }
    }
}

fn bad_model(written: &model::Model, file: FileId, error: &ModelError) -> Diagnostic {
    let place = error.place();
    let span = SourceSpan::new(file, place.start as u32, place.end as u32);
    let named = written.path.as_ref().map_or(written.name.span, |path| path.span);
    Diagnostic::new(Code::BadModel, span, error.to_string())
        .also(named, "named here")
        .hint(error.hint())
}
