//! Layouts, each with what becomes of it; every result is its own.

use super::format;

fn check(text: &str, expected: &str) {
    let out = format("p.yaml", text).unwrap_or_else(|error| panic!("{text}\n{error}"));
    assert_eq!(out, expected, "of\n{text}");
    assert_eq!(format("p.yaml", &out).expect("formatted"), out, "again");
}

#[test]
fn keys_stand_in_the_order_of_the_format_with_their_comments() {
    check(
        "# the header\n\nrules:\n- tests: {pass: [b], hit: [a]}\n  # who\n  id: x # name\n\n  \
         patterns: [a]\n# last\npolicy: p\n",
        "# the header\n\n# last\npolicy: p\nrules:\n  # who\n  - id: x  # name\n\n    patterns: [a]\n    \
         tests: { hit: [a], pass: [b] }\n",
    );
}

#[test]
fn authors_keys_keep_their_order() {
    check(
        "labels: {z: {review: 1}, a: {block: 3, review: 2}}\nfacts: { b: bool, a.x: text }\n",
        "facts: { b: bool, a.x: text }\nlabels: { z: { review: 1 }, a: { block: 3, review: 2 } }\n",
    );
}

#[test]
fn quotes_go_where_they_say_nothing() {
    check(
        "policy: 'p'\nversion: '1.0'\nlists:\n  a: [\"x\", 'y z', \"no\", '5', \"don't\", 'a\"b']\n",
        "policy: p\nversion: \"1.0\"\nlists:\n  a: [x, \"y z\", \"no\", \"5\", \"don't\", 'a\"b']\n",
    );
}

#[test]
fn long_lists_are_filled_and_lists_of_long_items_are_not() {
    let words: Vec<String> = (0..30).map(|n| format!("word{n}")).collect();
    let text = format!("lists: {{ a: [{}] }}\n", words.join(","));
    let out = format("p.yaml", &text).expect("formatted");
    assert!(out.lines().all(|line| line.len() <= 100), "{out}");
    assert!(out.starts_with("lists:\n  a: [\n    word0, word1,"), "{out}");
    assert_eq!(format("p.yaml", &out).expect("again"), out);
    let long = "this is a rather long text of a test, longer than a line should be";
    check(
        &format!("rules:\n  - id: a\n    tests: {{ hit: [\"{long}\", \"{long}\"] }}\n"),
        &format!(
            "rules:\n  - id: a\n    tests:\n      hit:\n        - \"{long}\"\n        - \"{long}\"\n"
        ),
    );
}

#[test]
fn comments_inside_brackets_open_them() {
    check(
        "lists:\n  a: [ # some\n    x, # one\n    # before y\n    y\n  ]\n",
        "lists:\n  a:  # some\n    - x  # one\n    # before y\n    - y\n",
    );
}

#[test]
fn comments_behind_brackets_stay_there() {
    check(
        "facts:\n  a: {type: set, default: []} # x\n  bb: { type: bool } # y\nlists: {} # none\n",
        "facts:\n  a: { type: set, default: [] }  # x\n  bb: { type: bool }             # y\n\
         lists: {}  # none\n",
    );
    check(
        "extends:\n- { from: 'x' } # z\n- [] # why\n",
        "extends:\n  - { from: x }  # z\n  - []           # why\n",
    );
    let words: Vec<String> = (0..20).map(|n| format!("word{n}")).collect();
    let text = format!("lists:\n  a: [{}] # c\n", words.join(","));
    let out = format("p.yaml", &text).expect("formatted");
    assert!(out.ends_with("\n  ]  # c\n"), "{out}");
    check(&out, &out);
    check(
        "lists:\n  a: [ # some\n    x\n  ] # all\n",
        "lists:\n  a:  # some\n    # all\n    - x\n",
    );
    check(
        "rules:\n  - { id: a, # so\n      when: b } # c\n",
        "rules:\n  # c\n  - id: a  # so\n    when: b\n",
    );
}

#[test]
fn texts_of_several_lines_keep_their_lines() {
    check(
        "description: >\n    one\n      two\n\n    three\nrules:\n- id: a\n  when: b and\n        c\n  \
         description: |-  # why\n     'x'\n",
        "description: >\n  one\n    two\n\n  three\nrules:\n  - id: a\n    \
         description: |-  # why\n      'x'\n    when: b and\n      c\n",
    );
}

#[test]
fn blocks_with_an_indentation_or_empty_lines_of_their_own_are_moved() {
    check(
        "rules:\n- description: |4\n        two more\n      none\n  id: a\n",
        "rules:\n  - id: a\n    description: |2\n        two more\n      none\n",
    );
    check(
        "rules:\n- id: a\n  description: |+\n      one\n\n\n  # why\n  when: b\n",
        "rules:\n  - id: a\n    description: |+\n      one\n\n\n    # why\n    when: b\n",
    );
    check(
        "description: |2-\n   a\n\n  b\npolicy: p\n",
        "policy: p\ndescription: |2-\n   a\n\n  b\n",
    );
    check(
        "description: |\n\n  a\n \n  b  \npolicy: p\n",
        "policy: p\ndescription: |\n\n  a\n\n  b  \n",
    );
    check(
        "description: >2\n   a\n  b\n  c\n\n  d\npolicy: p\n",
        "policy: p\ndescription: |2\n   a\n  b c\n  d\n",
    );
    check(
        "rules:\n- id: a\n  when: >4-\n      b\n      and c\n",
        "rules:\n  - id: a\n    when: |-\n      b and c\n",
    );
    check(
        "description: >+\n one\n two\n\n\nversion: a\n",
        "version: a\ndescription: |+\n  one two\n\n\n",
    );
    check("description: >\n\n one\n  deep\n two\n", "description: |\n\n  one\n   deep\n  two\n");
    check(
        "tests:\n  hit:\n  - |+\n   a\n\n  - b\n",
        "tests:\n  hit:\n    - |+\n      a\n\n    - b\n",
    );
}

#[test]
fn empty_lines_below_blocks_of_text_stay() {
    let text = "rules:\n  - id: a\n    when: >-\n      b\n      c\n\n  - id: b\n    when: |\n      d\n\n# end\n";
    check(text, text);
    let text = "rules:\n  - id: a\n    when: >-\n      b\n\n  # of b\n  - id: b\n    when: |+\n      c\n\n  # of c\n  - id: c\n";
    check(text, text);
}

#[test]
fn line_ends_tabs_and_marks_of_byte_order_go() {
    check(
        "\u{feff}policy: p  \r\nversion: a\t\r\n\r\n\r\nlang: [ en ]\r\n",
        "policy: p\nversion: a\n\nlang: [en]\n",
    );
}

#[test]
fn comments_below_a_block_stay_with_it_by_their_indentation() {
    check(
        "rules:\n  - id: a\n    when: b\n    # of a\n  # of c\n  - id: c\n# of the file\n",
        "rules:\n  - id: a\n    when: b\n    # of a\n  # of c\n  - id: c\n# of the file\n",
    );
}

#[test]
fn comments_at_ends_of_neighbouring_lines_stand_in_one_column() {
    check(
        "facts:\n  a: text # x\n  longer: bool # y\n  b: set\n  c: set # z\n",
        "facts:\n  a: text       # x\n  longer: bool  # y\n  b: set\n  c: set  # z\n",
    );
}

#[test]
fn comments_inside_an_item_stand_above_its_dash() {
    check("rules:\n  - # one\n\n    # two\n\n    id: a\n", "rules:  # one\n  # two\n\n  - id: a\n");
}

#[test]
fn what_is_no_policy_to_format_is_left_or_refused() {
    for same in ["{\"policy\":   \"p\"}\n", "", "just text\n"] {
        assert_eq!(format("p.yaml", same).expect("left"), same);
    }
    for bad in ["a: [b\n", "a: *b\n", "a: 1\na: 2\n"] {
        assert!(format("p.yaml", bad).is_err(), "{bad}");
    }
}
