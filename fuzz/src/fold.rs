//! Folding what is folded changes nothing.

/// The body of the target.
pub fn run(data: &[u8]) {
    let text = crate::text(data, usize::MAX);
    let once = tamis::fold(&text);
    let twice = tamis::fold(&once);
    assert_eq!(twice, once, "{text:?} folds to {once:?}, and that to {twice:?}");
}
