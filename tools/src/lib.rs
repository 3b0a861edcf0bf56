//! tamis-tools
