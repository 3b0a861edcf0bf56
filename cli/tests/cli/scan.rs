//! `tamis scan`: formats, broken rows, order, summary, gates, memory.

use crate::support::{Folder, column, lines};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const DOCUMENTS: &str = concat!(
    "{\"id\": \"a\", \"text\": \"good day\"}\n",
    "\n",
    "{\"text\": \"darn\"}\r\n",
    "{\"id\": 7, \"text\": \"heck darn\", \"facts\": {\"trusted\": true}}\n",
    "{\"text\": \"hello\", \"facts\": {\"age\": \"1 hour\"}, \"fields\": {\"title\": \"cheap gold\"}}\n",
    "{\"text\": \"heck darn\"}",
);

fn gzip(content: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn verdicts_come_in_order_with_id_or_line() {
    let folder = Folder::new();
    folder.write("in.jsonl", DOCUMENTS);
    let ran = folder.run(&["scan", "policy.yaml", "in.jsonl", "-o", "-"]).exits(0);
    let lines = ran.lines();
    assert_eq!(column(&lines, "action"), ["allow", "review", "allow", "review", "block"]);
    assert_eq!(column(&lines, "id"), ["a", "null", "7", "null", "null"]);
    assert_eq!(column(&lines, "line"), ["null", "3", "null", "5", "6"]);
    assert_eq!(lines[2]["exempt"], true);
    assert!(ran.err.contains("5 documents"), "the summary goes to standard error: {}", ran.err);

    // The verdict is the one that `check` gives.
    let check = folder.run(&["check", "policy.yaml", "heck darn", "--json"]).exits(0).json();
    let mut last = lines[4].clone();
    last.as_object_mut().unwrap().remove("line");
    assert_eq!(last, check);
}

#[test]
fn rows_that_cannot_be_read_are_reported_in_place() {
    let folder = Folder::new();
    let mut content =
        b"\xef\xbb\xbf{\"text\": \"darn\"}\n{\"text\": \"da\n{\"txt\": 1}\n[1]\n".to_vec();
    content.extend(b"{\"text\": \"\xff\"}\n{\"text\": 5}\n{\"text\": \"heck\"}\n");
    folder.write("in.jsonl", content);
    let ran = folder.run(&["scan", "policy.yaml", "in.jsonl", "-o", "out.jsonl"]).exits(0);
    let out = lines(&folder.read("out.jsonl"));
    assert_eq!(column(&out, "line"), ["1", "2", "3", "4", "5", "6", "7"]);
    let errors =
        ["null", "not-json", "no-text", "not-a-document", "not-utf8", "not-a-document", "null"];
    assert_eq!(column(&out, "error"), errors);
    assert_eq!(out[1], serde_json::json!({"line": 2, "error": "not-json"}));
    assert!(ran.out.contains("5 rows could not be read"), "{}", ran.out);
    assert!(ran.out.contains("in.jsonl:2: not-json"), "{}", ran.out);
    assert!(ran.out.contains("2 documents"), "{}", ran.out);
}

#[test]
fn a_long_line_costs_itself_only() {
    let folder = Folder::new();
    let long = "a".repeat((16 << 20) + 1);
    folder.write("in.txt", format!("darn\n{long}\nheck\n"));
    let ran = folder.run(&["scan", "policy.yaml", "in.txt", "-o", "-"]).exits(0);
    assert_eq!(column(&ran.lines(), "error"), ["null", "too-long", "null"]);
}

#[test]
fn compression_is_seen_by_content() {
    let folder = Folder::new();
    folder.write("plain.jsonl", DOCUMENTS);
    folder.write("named.jsonl.gz", gzip(DOCUMENTS));
    folder.write("unnamed.jsonl", zstd::encode_all(DOCUMENTS.as_bytes(), 3).unwrap());
    let plain = folder.run(&["scan", "policy.yaml", "plain.jsonl", "-o", "-"]).exits(0).out;
    for name in ["named.jsonl.gz", "unnamed.jsonl"] {
        let out = folder.run(&["scan", "policy.yaml", name, "-o", "-"]).exits(0).out;
        assert_eq!(out, plain, "{name}");
    }
    let stdin = folder.run_with(&["scan", "policy.yaml", "-o", "-"], &gzip(DOCUMENTS)).exits(0);
    assert_eq!(stdin.out, plain);

    folder.run(&["scan", "policy.yaml", "plain.jsonl", "-o", "out.jsonl.zst"]).exits(0);
    let out = zstd::decode_all(folder.bytes("out.jsonl.zst").as_slice()).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), plain);
    folder.run(&["scan", "policy.yaml", "plain.jsonl", "-o", "out.gz"]).exits(0);
    let again = folder.run(&["scan", "policy.yaml", "out.gz"]).exits(2);
    assert!(again.err.contains("no-text"), "{}", again.err);
}

#[test]
fn a_truncated_file_keeps_its_first_rows_and_fails() {
    let folder = Folder::new();
    // Random enough that the end of the file cannot be guessed from its start.
    let row = |n: u64| {
        let noise = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        format!("{{\"id\": {n}, \"text\": \"darn {noise:x}\"}}\n")
    };
    let content: String = (0..5000).map(row).collect();
    let whole = gzip(&content);
    folder.write("cut.jsonl.gz", &whole[..whole.len() / 2]);
    let ran = folder.run(&["scan", "policy.yaml", "cut.jsonl.gz", "-o", "out.jsonl"]).exits(2);
    let out = lines(&folder.read("out.jsonl"));
    assert!(out.len() > 1000, "{} rows", out.len());
    let (last, rows) = out.split_last().unwrap();
    assert_eq!(last["error"], "broken-file");
    assert_eq!(last["line"], rows.len() + 1);
    assert!(rows.iter().enumerate().all(|(n, row)| row["id"] == n));
    assert!(ran.out.contains("cut off"), "{}", ran.out);
}

#[test]
fn csv_with_columns_quotes_and_broken_rows() {
    let folder = Folder::new();
    folder.write(
        "in.csv",
        "id;x,body,head,account_age,extra\r\n\
         1,\"darn,\r\n\"\"ok\"\"\",,3 hours,\r\n\
         2,hello,cheap gold,1 hour,\r\n\
         3,too few\r\n\
         \r\n\
         4,\"never closed,,,\r\n\
         5,heck,,soon,x\r\n",
    );
    let ran = folder.run(&[
        "scan",
        "policy.yaml",
        "in.csv",
        "--text",
        "body",
        "--field",
        "title=head",
        "--fact",
        "age=account_age",
        "-o",
        "-",
    ]);
    let out = ran.exits(0).lines();
    assert_eq!(column(&out, "line"), ["2", "4", "5", "7", "8"]);
    assert_eq!(column(&out, "error"), ["null", "null", "column-count", "unclosed-quote", "null"]);
    assert_eq!(column(&out, "action"), ["review", "review", "null", "null", "review"]);
    assert_eq!(out[1]["rules"].as_array().unwrap().len(), 2, "{}", out[1]);
    assert_eq!(out[4]["invalid_facts"], serde_json::json!(["age"]));

    let ran = folder.run(&["scan", "policy.yaml", "in.csv"]).exits(2);
    assert!(ran.err.contains("no column `text`; its columns are: id;x, body, head"), "{}", ran.err);
    folder.write("in.tsv", "id\ttext\nx\tdarn\n");
    let out = folder.run(&["scan", "policy.yaml", "in.tsv", "-o", "-"]).exits(0).lines();
    assert_eq!(column(&out, "id"), ["x"]);
}

#[test]
fn several_files_name_their_rows() {
    let folder = Folder::new();
    folder.write("a.txt", "darn\n\nfine");
    folder.write("b.jsonl", "{\"text\": \"heck\"}\nnope\n{\"id\": 1, \"text\": \"x\"}\n");
    let ran = folder.run(&["scan", "policy.yaml", "a.txt", "b.jsonl", "-o", "-"]).exits(0);
    let out = ran.lines();
    assert_eq!(column(&out, "file"), ["a.txt", "a.txt", "b.jsonl", "b.jsonl", "null"]);
    assert_eq!(column(&out, "line"), ["1", "3", "1", "2", "null"]);
    let out = folder.run(&["scan", "policy.yaml", "a.txt", "b.jsonl", "--limit", "3", "-o", "-"]);
    assert_eq!(out.exits(0).lines().len(), 3);
}

#[test]
fn the_summary_counts() {
    let folder = Folder::new();
    folder.write("in.jsonl", format!("{DOCUMENTS}\n{{\"text\": \"kill, hello\"}}\nnope\n"));
    let ran = folder.run(&["scan", "policy.yaml", "in.jsonl", "--json"]).exits(0);
    assert!(ran.err.contains("in.jsonl:8: not-json"), "{}", ran.err);
    let json = ran.json();
    assert_eq!(json["documents"], 6);
    assert_eq!(json["errors"], serde_json::json!({"count": 1, "by_code": {"not-json": 1}}));
    assert_eq!(json["actions"], serde_json::json!({"allow": 3, "review": 2, "block": 1}));
    assert_eq!(json["labels"]["spam"], serde_json::json!({"allow": 0, "review": 1, "block": 0}));
    assert_eq!(json["rules"][0], serde_json::json!({"rule": "darn", "hits": 3}));
    assert_eq!(json["shadow"], serde_json::json!([{"rule": "trial", "hits": 1}]));
    assert_eq!(json["shadow_changes"], 1);
    assert_eq!(json["undecided"][0]["missing"], serde_json::json!(["age", "score"]));
    assert_eq!(json["exempt"], 1);
    let text = folder.run(&["scan", "policy.yaml", "in.jsonl"]).exits(0).out;
    for part in ["6 documents", "16.67 %", "Rules on trial", "Not decided", "1 document exempt"] {
        assert!(text.contains(part), "lacks {part:?}:\n{text}");
    }
}

#[test]
fn gates_and_exit_codes() {
    let folder = Folder::new();
    folder.write("in.txt", "fine\ndarn\n");
    folder.write("empty.txt", "");
    folder.write("bad.jsonl", "x\ny\n");
    let scan = |args: &[&str]| folder.run(&[&["scan", "policy.yaml"], args].concat());
    scan(&["in.txt", "--fail-on", "block"]).exits(0);
    let failed = scan(&["in.txt", "--fail-on", "review"]).exits(1);
    assert!(failed.err.contains("1 document at or above review"), "{}", failed.err);
    let unknown = scan(&["in.txt", "--fail-on", "ban"]).exits(2);
    assert!(unknown.err.contains("its actions are: allow, review, block"), "{}", unknown.err);
    let empty = scan(&["empty.txt"]).exits(0);
    assert!(empty.out.contains("nothing to classify"), "{}", empty.out);
    let bad = scan(&["bad.jsonl"]).exits(2);
    assert!(bad.err.contains("no row could be read"), "{}", bad.err);
    let missing = scan(&["in.txt", "nope.txt"]).exits(2);
    assert!(missing.err.contains("cannot read nope.txt: no such file"), "{}", missing.err);
    assert_eq!(missing.out, "", "stops before any work");
    let own = scan(&["in.txt", "-o", "in.txt"]).exits(2);
    assert!(own.err.contains("one of the files to read"), "{}", own.err);
    assert_eq!(folder.read("in.txt"), "fine\ndarn\n");
    let columns = scan(&["in.txt", "--text", "body"]).exits(2);
    assert!(columns.err.contains("--format"), "{}", columns.err);
    let twice = scan(&["bad.jsonl", "--text", "a", "--field", "title=a"]).exits(2);
    assert!(twice.err.contains("named twice"), "{}", twice.err);
}

#[test]
fn threads_change_nothing() {
    let folder = Folder::new();
    let words = ["fine", "darn", "heck", "cheap gold", "kill", "hello"];
    let row =
        |n: usize| format!("{{\"id\": {n}, \"text\": \"{} {}\"}}\n", words[n % 6], words[n % 5]);
    let content: String = (0..30_000).map(row).collect();
    folder.write("in.jsonl", content);
    let one =
        folder.run(&["scan", "policy.yaml", "in.jsonl", "-o", "-", "--threads", "1"]).exits(0);
    let four =
        folder.run(&["scan", "policy.yaml", "in.jsonl", "-o", "-", "--threads", "4"]).exits(0);
    assert!(one.out == four.out, "output differs between 1 and 4 threads");
    let ids: Vec<u64> = one.lines().iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert!(ids.iter().copied().eq(0..30_000), "rows out of order");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    folder.write("in.txt", "darn and some more words\n".repeat(50_000));
    let mut child = folder
        .command(&["scan", "policy.yaml", "in.txt", "-o", "-"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

/// Feeds far more than may be in memory, and asks the system for the highest use.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["scan", "policy.yaml", "-", "--format", "txt", "-o", "out.jsonl"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let line = format!("{}\n", "some words and no end of them ".repeat(100));
    let peak = |id: u32| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    };
    let mut fed = 0;
    while fed < 160 << 20 {
        stdin.write_all(line.as_bytes()).unwrap();
        fed += line.len();
    }
    let megabytes = peak(child.id());
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert!(megabytes < 80, "{megabytes} MB in use after {} MB of input", fed >> 20);
}
