//! tamis-python
