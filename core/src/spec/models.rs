//! Model files: read with the policy, understood when it is compiled.

use super::attached::{Attached, Kind};
use super::model::Policy;
use crate::diag::Sink;

/// Reads the model files of `policy`, which stands where `attached` looks from.
pub(crate) fn load(policy: &mut Policy, attached: &mut Attached<'_>, sink: &mut Sink) {
    for model in &mut policy.models {
        let Some(path) = &model.path else { continue };
        match attached.open(path, Kind::Model) {
            Ok((file, _)) => model.file = Some(file),
            Err(diagnostic) => sink.push(*diagnostic),
        }
    }
}
