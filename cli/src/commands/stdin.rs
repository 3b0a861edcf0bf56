//! One text from standard input.

use crate::corpus::announce_stdin;
use crate::failure::{Failure, in_words};
use std::io::{self, Read};

/// A text may not be longer.
const MAX_TEXT: usize = 64 << 20;

/// All of standard input, without the line break that ends it.
pub(super) fn read_stdin() -> Result<String, Failure> {
    announce_stdin("the text");
    let failed = |what: &str| Failure::input(format!("cannot read standard input: {what}"));
    let mut bytes = Vec::new();
    let limit = MAX_TEXT as u64 + 1;
    io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|e| failed(&in_words(&e)))?;
    if bytes.len() > MAX_TEXT {
        return Err(failed("it is longer than 64 MiB; `tamis scan` reads large files"));
    }
    let mut text = String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8"))?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}
