//! tamis-conformance
