//! Hyperscan, through the few functions of its C interface that are needed.
#![allow(unsafe_code, reason = "a C library")]

use super::{Found, Scan};
use crate::definitions::Problem;
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_ulonglong, c_void};
use std::ptr;

const CASELESS: c_uint = 1;
const UTF8: c_uint = 32;
const UCP: c_uint = 64;
const SOM_LEFTMOST: c_uint = 256;
const MODE_BLOCK: c_uint = 1;

#[repr(C)]
struct CompileError {
    message: *mut c_char,
    expression: c_int,
}

type OnEvent = extern "C" fn(c_uint, c_ulonglong, c_ulonglong, c_uint, *mut c_void) -> c_int;

#[link(name = "hs")]
unsafe extern "C" {
    fn hs_compile_multi(
        expressions: *const *const c_char,
        flags: *const c_uint,
        ids: *const c_uint,
        elements: c_uint,
        mode: c_uint,
        platform: *const c_void,
        database: *mut *mut c_void,
        error: *mut *mut CompileError,
    ) -> c_int;
    fn hs_compile_lit_multi(
        expressions: *const *const c_char,
        flags: *const c_uint,
        ids: *const c_uint,
        lens: *const usize,
        elements: c_uint,
        mode: c_uint,
        platform: *const c_void,
        database: *mut *mut c_void,
        error: *mut *mut CompileError,
    ) -> c_int;
    fn hs_free_compile_error(error: *mut CompileError) -> c_int;
    fn hs_alloc_scratch(database: *const c_void, scratch: *mut *mut c_void) -> c_int;
    fn hs_scan(
        database: *const c_void,
        data: *const c_char,
        length: c_uint,
        flags: c_uint,
        scratch: *mut c_void,
        on_event: OnEvent,
        context: *mut c_void,
    ) -> c_int;
    fn hs_free_database(database: *mut c_void) -> c_int;
    fn hs_free_scratch(scratch: *mut c_void) -> c_int;
}

/// A database with its scratch.
pub struct Hyperscan {
    database: *mut c_void,
    scratch: *mut c_void,
}

impl Hyperscan {
    pub fn new(name: &str, list: &[String]) -> Result<Self, Problem> {
        let som = if name.ends_with("-som") { SOM_LEFTMOST } else { 0 };
        let database = match name {
            "hyperscan" | "hyperscan-som" => literals(list, CASELESS | som)?,
            "hyperscan-words" | "hyperscan-words-som" => {
                let regexes = list.iter().map(|word| format!(r"\b{}\b", escaped(word)));
                // With Unicode boundaries (UCP) the library refuses `\b`.
                expressions(regexes, CASELESS | som)?
            }
            "hyperscan-utf8" => {
                expressions(list.iter().map(|word| escaped(word)), CASELESS | UTF8 | UCP)?
            }
            _ => return Err(format!("no engine is called `{name}`").into()),
        };
        let mut hyperscan = Self { database, scratch: ptr::null_mut() };
        // SAFETY: the database was compiled above; the scratch is written to a place of ours.
        let code = unsafe { hs_alloc_scratch(hyperscan.database, &raw mut hyperscan.scratch) };
        if code == 0 { Ok(hyperscan) } else { Err(format!("hs_alloc_scratch: {code}").into()) }
    }
}

fn escaped(word: &str) -> String {
    let mut escaped = String::new();
    for c in word.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && c != ' ' {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn literals(list: &[String], flags: c_uint) -> Result<*mut c_void, Problem> {
    let pointers: Vec<*const c_char> = list.iter().map(|word| word.as_ptr().cast()).collect();
    let lens: Vec<usize> = list.iter().map(String::len).collect();
    let flags = vec![flags; list.len()];
    let ids: Vec<c_uint> = (0..list.len() as c_uint).collect();
    let (mut database, mut error) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: four arrays of as many elements as are told; each literal has its length beside it.
    let code = unsafe {
        hs_compile_lit_multi(
            pointers.as_ptr(),
            flags.as_ptr(),
            ids.as_ptr(),
            lens.as_ptr(),
            list.len() as c_uint,
            MODE_BLOCK,
            ptr::null(),
            &raw mut database,
            &raw mut error,
        )
    };
    checked(code, database, error)
}

fn expressions(
    regexes: impl Iterator<Item = String>,
    flags: c_uint,
) -> Result<*mut c_void, Problem> {
    let regexes: Vec<CString> = regexes.map(CString::new).collect::<Result<_, _>>()?;
    let pointers: Vec<*const c_char> = regexes.iter().map(|regex| regex.as_ptr()).collect();
    let flags = vec![flags; regexes.len()];
    let ids: Vec<c_uint> = (0..regexes.len() as c_uint).collect();
    let (mut database, mut error) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: three arrays of as many elements as are told; the strings end in a zero.
    let code = unsafe {
        hs_compile_multi(
            pointers.as_ptr(),
            flags.as_ptr(),
            ids.as_ptr(),
            regexes.len() as c_uint,
            MODE_BLOCK,
            ptr::null(),
            &raw mut database,
            &raw mut error,
        )
    };
    checked(code, database, error)
}

fn checked(
    code: c_int,
    database: *mut c_void,
    error: *mut CompileError,
) -> Result<*mut c_void, Problem> {
    if code == 0 {
        return Ok(database);
    }
    if error.is_null() {
        return Err(format!("hyperscan: {code}").into());
    }
    // SAFETY: on failure the library gives an error with a text that ends in a zero; it is freed
    // once, after it was copied.
    let message = unsafe {
        let message = CStr::from_ptr((*error).message).to_string_lossy().into_owned();
        hs_free_compile_error(error);
        message
    };
    Err(format!("hyperscan: {message}").into())
}

/// Adds a hit to what was found in the text.
extern "C" fn on_event(
    id: c_uint,
    from: c_ulonglong,
    to: c_ulonglong,
    _flags: c_uint,
    context: *mut c_void,
) -> c_int {
    // SAFETY: `scan` passes a `Found` of its own, which nobody else uses meanwhile.
    let found = unsafe { &mut *context.cast::<Found>() };
    found.matches += 1;
    found.sum = found.sum.wrapping_add(from + to + u64::from(id));
    0
}

impl Scan for Hyperscan {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let mut found = Found::default();
        // SAFETY: database and scratch belong together, the text has that length, and the context
        // is what the callback takes it for.
        let code = unsafe {
            hs_scan(
                self.database,
                text.as_ptr().cast(),
                text.len() as c_uint,
                0,
                self.scratch,
                on_event,
                (&raw mut found).cast(),
            )
        };
        assert_eq!(code, 0, "hs_scan failed");
        found.flagged = u64::from(found.matches > 0);
        found
    }
}

impl Drop for Hyperscan {
    fn drop(&mut self) {
        // SAFETY: both were made by the library and are freed once; it takes null pointers.
        unsafe {
            hs_free_scratch(self.scratch);
            hs_free_database(self.database);
        }
    }
}
