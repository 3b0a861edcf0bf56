//! `tamis views`.

use crate::support::Folder;

/// The cells of the row that starts with `first`.
fn row<'t>(out: &'t str, first: &str) -> Vec<&'t str> {
    let cells = |line: &'t str| line.trim().split("  ").map(str::trim).filter(|c| !c.is_empty());
    let row = out.lines().map(|line| cells(line).collect::<Vec<_>>());
    row.into_iter().find(|row| row.first() == Some(&first)).unwrap_or_default()
}

#[test]
fn shows_each_view_and_what_changed() {
    let text = "Ｋ1ll &#100;arn k i l l example.com/a1";
    let out = Folder::new().run(&["views", text]).exits(0).out;
    let (folded, decoded) = out.split_once("\nDecoded").expect("a decoded view");
    assert!(folded.starts_with("Folded"), "{out}");
    assert!(folded.contains("\n  k1ll &#100;arn k i l l example.com/a1\n"), "{out}");
    assert_eq!(row(folded, "Ｋ"), ["Ｋ", "k", "forms", "1"], "{out}");
    assert_eq!(row(folded, "1")[2..], ["leet, from standard", "2, 8, 37"], "{out}");
    assert_eq!(row(folded, "k1ll"), ["k1ll", "standard", "1"], "{out}");
    assert_eq!(row(folded, "example.com/a1")[2], "link, costs more", "{out}");

    assert!(decoded.contains("\n  k1ll darn k i l l example.com/a1\n"), "{out}");
    assert!(decoded.contains("0 k1ll  1 darn  2 k  3 i  4 l  5 l  6 example"), "{out}");
    assert_eq!(row(decoded, "&#100;"), ["&#100;", "d", "decoded", "6"], "{out}");
    assert_eq!(row(decoded, "Ｋ"), [""; 0], "said twice: {out}");
    assert!(!out.contains("Tags") && !out.contains('\u{1b}'), "{out}");
}

#[test]
fn hidden_text_has_a_view_and_harms_no_terminal() {
    let out = Folder::new().run(&["views", "a\u{e0068}\u{e0069}\u{200b}b"]).exits(0).out;
    assert!(out.contains("\nTags") && out.contains("\n  ahib\n"), "{out}");
    assert_eq!(row(&out, "<U+E0068><U+E0069>"), ["<U+E0068><U+E0069>", "hi", "hidden", "2"]);
    assert!(!out.contains('\u{200b}'), "{out}");
}

#[test]
fn letters_that_look_latin_are_read_among_latin_ones() {
    let out = Folder::new().run(&["views", "I һаtе it"]).exits(0).out;
    assert!(out.contains("\nLatin") && out.contains("\n  i hate it\n"), "{out}");
    let json = Folder::new().run(&["views", "--json", "I һаtе it"]).exits(0).json();
    assert_eq!(json["latin"], "i hate it");
    let russian = Folder::new().run(&["views", "белый сору день"]).exits(0).out;
    assert!(!russian.contains("Latin"), "{russian}");
}

#[test]
fn pairs_are_counted_by_group() {
    let folder = Folder::new();
    folder.write(
        "pairs.jsonl",
        "{\"text\": \"I һаtе it\", \"plain\": \"I hate it\", \"group\": \"one\"}\n\
         {\"text\": \"Ｉ ＯＷＮ ix\", \"plain\": \"I own it\", \"group\": \"two\"}\n\
         {\"text\": \"a b\", \"plain\": \"a b c\", \"group\": \"two\"}\n",
    );
    let out = folder.run(&["views", "--pairs", "pairs.jsonl"]).exits(0).out;
    assert_eq!(row(&out, "one"), ["one", "1", "0", "1", "0.0", "100.0"], "{out}");
    assert_eq!(row(&out, "two"), ["two", "2", "1", "3", "66.7", "66.7"], "{out}");
    assert_eq!(row(&out, "all"), ["all", "3", "1", "4", "50.0", "75.0"], "{out}");
    let json = folder.run(&["views", "--pairs", "pairs.jsonl", "--json"]).exits(0).json();
    assert_eq!(json["one"]["latinized"], 1);

    folder.write("empty.jsonl", "\n");
    folder.run(&["views", "--pairs", "empty.jsonl"]).exits(2);
    folder.write("wrong.jsonl", "{\"text\": \"a\"}\n");
    let err = folder.run(&["views", "--pairs", "wrong.jsonl"]).exits(2).err;
    assert!(err.contains("line 1") && err.contains("plain"), "{err}");
}

#[test]
fn a_text_with_nothing_to_undo_is_just_folded() {
    let folder = Folder::new();
    let out = folder.run_with(&["views"], b"Have fun today\n").exits(0).out;
    assert_eq!(
        out,
        "Folded  forms, marks and invisible characters undone\n  have fun today\n  \
         3 words  0 have  1 fun  2 today\n"
    );
    let json = folder.run(&["views", "--json", "Have fun"]).exits(0).json();
    assert_eq!((&json["tags"], &json["decoded"]), (&().into(), &().into()));
    assert_eq!(json["folded"]["pieces"], serde_json::json!([]));
}

#[test]
fn json_has_all_of_it() {
    let ran = Folder::new().run_with(&["views", "--json", "-"], "é 1s &#100;".as_bytes()).exits(0);
    assert_eq!(ran.out.lines().count(), 1, "one line when it is not a terminal");
    let json = ran.json();
    assert_eq!(json["offsets"], "bytes");
    let piece = serde_json::json!({
        "start": 0, "end": 2, "text": "é", "reads": "e", "kinds": ["marks"]
    });
    assert_eq!(json["folded"]["pieces"][0], piece);
    let readings = json["folded"]["readings"].as_array().unwrap();
    assert!(readings.iter().any(|r| r["start"] == 3 && r["letters"] == "i" && r["kind"] == "leet"));
    assert_eq!(json["decoded"]["text"], "e 1s d");
    assert_eq!(json["decoded"]["words"][2]["number"], 2);
    assert_eq!(json["folded"]["chunks"][0]["odd"], "standard");
}

#[test]
fn costs_are_the_tables_of_the_engine() {
    let folder = Folder::new();
    let out = folder.run(&["views", "--costs"]).exits(0).out;
    let json = folder.run(&["views", "--costs", "--json"]).exits(0).json();
    let costs = json["costs"].as_array().unwrap();
    assert_eq!(costs.len(), tamis::evasion::COSTS.len());
    for cost in costs {
        let text = |key: &str| cost[key].to_string().trim_matches('"').to_owned();
        let cells = ["kind", "level", "what", "first", "further"].map(text);
        assert_eq!(row(&out, &cells[0]), cells, "{out}");
    }
    for ceiling in json["ceilings"].as_array().unwrap() {
        let text = |key: &str| ceiling[key].to_string().trim_matches('"').to_owned();
        let cells = ["level", "normal", "short"].map(text);
        assert_eq!(row(&out, &cells[0]), cells, "{out}");
    }
    assert_eq!(json["ceilings"][2]["level"], "standard");
    folder.run(&["views", "--costs", "text"]).exits(2);
}
