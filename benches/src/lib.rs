//! tamis-benches
