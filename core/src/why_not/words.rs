//! Small pieces of sentences.

/// `` `a`, `b` and `c` ``.
pub(super) fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    joined(names.map(|name| format!("`{name}`")).collect())
}

/// `a, b and c`.
pub(super) fn joined(mut items: Vec<String>) -> String {
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}

/// `1 point`, `2.5 points`.
#[expect(clippy::float_cmp, reason = "exactly one")]
pub(super) fn points(n: f64) -> String {
    if n == 1.0 { "1 point".to_owned() } else { format!("{n} points") }
}

/// `1 point is`, `2.5 points are`.
#[expect(clippy::float_cmp, reason = "exactly one")]
pub(super) fn are_points(n: f64) -> String {
    format!("{} {}", points(n), if n == 1.0 { "is" } else { "are" })
}

/// `no word`, `1 word`, `5 words`.
pub(super) fn words(n: u32) -> String {
    match n {
        0 => "no word".to_owned(),
        1 => "1 word".to_owned(),
        n => format!("{n} words"),
    }
}

/// A kind of evasion, by its name in verdicts, as people would call it.
pub fn kind(name: &str) -> &str {
    match name {
        "forms" => "unusual letter forms",
        "marks" => "marks on letters",
        "invisible" => "invisible characters",
        "hidden" => "hidden tag characters",
        "lookalike" => "look-alike letters",
        "leet" => "digits or symbols for letters",
        "masks" => "masked letters",
        "repeats" => "repeated letters",
        "separators" => "gaps between letters",
        "joined" => "missing spaces",
        "decoded" => "markup or escapes",
        "deletion" => "a letter left out",
        "swap" => "swapped letters",
        "phonetic" => "spelling by sound",
        "irregular" => "gaps that are not all the same",
        "reversed" => "reversed letters",
        "turned" => "upside-down letters",
        other => other,
    }
}

/// A text in quotation marks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let cut: String = text.chars().take(LONGEST).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    format!("\"{cut}{more}\"")
}

/// How a group is called at the start of a sentence.
pub(super) fn group(name: &str) -> String {
    if name == "patterns" { "The rule".to_owned() } else { format!("`{name}`") }
}
