//! `tamis train`, and the model in a policy.

use crate::support::Folder;

const ADS: [&str; 5] =
    ["cheap gold for sale", "buy gems now", "gold and gems, cheap", "free gems", "sale: gold"];
const TALK: [&str; 5] =
    ["see you tomorrow", "good game", "thanks a lot", "where do we meet", "i have to go"];

fn row(text: &str, labels: &str, more: &str) -> String {
    format!("{{\"text\": \"{text}\", \"labels\": [{labels}]{more}}}\n")
}

fn folder() -> Folder {
    let folder = Folder::new();
    let ads = ADS.map(|text| row(text, "\"ads\"", ""));
    let talk = TALK.map(|text| row(text, "", ""));
    let unknown = row("gold", "", ", \"known\": [\"rude\"]");
    let rude = row("darn", "\"rude\"", "");
    folder.write("corpus.jsonl", format!("{}{}{unknown}{rude}", ads.concat(), talk.concat()));
    folder
}

#[test]
fn a_trained_model_decides_in_a_policy() {
    let folder = folder();
    let args = ["train", "corpus.jsonl", "--label", "ads", "-o", "ads.model", "--json"];
    let report = folder.run(&args).exits(0).json();
    assert_eq!(
        (&report["documents"], &report["positives"], &report["unknown"]),
        (&11.into(), &5.into(), &1.into())
    );
    assert_eq!(report["held_out"]["documents"], 2);
    let first = folder.read("ads.model");
    assert!(first.starts_with("tamis-model 1\nlabel ads\ndocuments 11\npositives 5\n"), "{first}");
    folder.run(&args).exits(0);
    assert_eq!(first, folder.read("ads.model"), "the same documents, the same model");

    folder.write(
        "model.yaml",
        "policy: market\nmodels: { adlike: { file: ads.model } }\nrules:\n  - { id: ad, action: review, when: adlike > 0.5, tests: { hit: [\"gold, cheap\"], pass: [good game] } }\n",
    );
    folder.run(&["lint", "model.yaml", "--strict"]).exits(0);
    folder.run(&["test", "model.yaml"]).exits(0);
    let verdict = folder.run(&["check", "model.yaml", "--json", "GOLD for sale"]).exits(0).json();
    assert_eq!(verdict["action"], "review");
    let verdict = folder.run(&["check", "model.yaml", "--json", "see you"]).exits(0).json();
    assert_eq!(verdict["action"], "allow");
}

#[test]
fn people_see_how_good_it_is() {
    let folder = folder();
    let run = folder.run(&["train", "corpus.jsonl", "--label", "ads", "-o", "ads.model"]).exits(0);
    for part in ["11 documents, 5 with ads", "1 document left out", "best F1", "AUC", "ads.model: "]
    {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    let args = ["train", "corpus.jsonl", "--label", "ads", "--held-out", "0", "-o", "ads.model"];
    assert!(folder.run(&args).exits(0).err.contains("nothing was held out"));
}

#[test]
fn what_cannot_be_learned_is_said() {
    let folder = folder();
    folder.write("none.jsonl", "");
    folder.write("plain.txt", "one\ntwo\n");
    for (args, message) in [
        (
            &["corpus.jsonl", "--label", "adds"][..],
            "no document has the label `adds`; there are ads (5), rude (1)",
        ),
        (&["corpus.jsonl", "--label", "rude"], "one document with the label"),
        (&["plain.txt", "--label", "ads"], "nor any other"),
        (&["none.jsonl", "--label", "ads"], "no rows"),
        (&["corpus.jsonl", "--label", "ads", "--bits", "40"], "bits are 8 to 20"),
        (&["corpus.jsonl", "--label", "ads", "--held-out", "2"], "0 to 0.9"),
        (&["corpus.jsonl", "--label", "ads", "--fact", "a=b"], "models know no facts"),
    ] {
        let args = [&["train"][..], args, &["-o", "ads.model"]].concat();
        let run = folder.run(&args).exits(2);
        assert!(run.err.contains(message), "{args:?}: {}", run.err);
    }
    let args = ["train", "corpus.jsonl", "--label", "ads", "-o", "corpus.jsonl"];
    assert!(folder.run(&args).exits(2).err.contains("overwrite"));
    let args = ["train", "corpus.jsonl", "--label", "ads", "-o", "missing/ads.model"];
    assert!(folder.run(&args).exits(2).err.contains("cannot write"));
}
