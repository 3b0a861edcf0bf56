//! The registry of diagnostics: one row a kind, with its stable number and name.
//!
//! A number that was released is never reused, also when its kind goes away.
//! Every row has a golden rendering in `tests/diagnostics/`.

use super::Severity;
use serde::{Serialize, Serializer};

/// What is known about a kind of diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// The stable number, such as `E012`.
    pub number: &'static str,
    /// The stable name, such as `unknown-key`; `lint_ignore:` takes the names of warnings.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The kind in one line.
    pub title: &'static str,
    /// What it means and what to do about it.
    pub doc: &'static str,
    /// A small policy that draws it; empty where a policy's text alone cannot.
    pub example: &'static str,
    /// The example as it should have been; empty where `doc` says all there is to say.
    pub mended: &'static str,
}

macro_rules! codes {
    ($($severity:ident $number:literal $variant:ident $name:literal $title:literal
        $doc:literal $example:literal $(=> $mended:literal)?)*) => {
        /// A kind of diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $number, " ", $name, "`: ", $title, ".")] $variant,)*
        }

        const ALL: &[Code] = &[$(Code::$variant),*];

        const INFOS: &[CodeInfo] = &[$(CodeInfo {
            number: $number,
            name: $name,
            severity: Severity::$severity,
            title: $title,
            doc: $doc,
            example: $example,
            mended: concat!($($mended)?),
        }),*];
    };
}

codes! {
    // Reading: the file and its YAML.
    Error "E001" YamlSyntax "yaml-syntax" "not valid YAML"
        "The file does not follow YAML's syntax. The commonest causes are a `- ` that is missing, \
         lines that are indented differently from their neighbours, a bracket or quote that is \
         never closed, and text with a leading bracket that needs quotes."
        "policy: demo\nfields: [title, body\nlabels: {}\n"
    Error "E002" NotUtf8 "not-utf8" "the file is not UTF-8"
        "Policies and lists are UTF-8. Save the file again with that encoding."
        ""
    Error "E003" UnreadableFile "unreadable-file" "a file cannot be read"
        "The operating system refused to give the file: it does not exist, is a directory, or \
         may not be read."
        ""
    Error "E004" TooLarge "too-large" "a file is larger than allowed"
        "A policy and each of its lists may be 16 MiB at most. Nothing of a larger file is \
         read. Split a long word list into several files."
        ""
    Error "E005" TooDeep "too-deep" "nested too deeply"
        "Lists and mappings may be nested 64 levels deep."
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"
    Error "E006" Alias "alias" "anchors and aliases are not allowed"
        "YAML's anchors (`&name`), aliases (`*name`) and merge keys (`<<`) make a policy hard \
         to read, and a small file huge. Write the value out; patterns that several rules \
         share belong under `lists:`."
        "labels:\n  spam: &limits { review: 3 }\n  abuse: *limits\n"
    Error "E007" MultipleDocuments "multiple-documents" "more than one document in a file"
        "A `---` line starts a second YAML document. A policy is one document."
        "policy: demo\n---\npolicy: other\n"

    // Shape: keys, types, texts.
    Error "E008" WrongType "wrong-type" "a value of another type was expected"
        "A mapping, a list, a text or a number stands where the format wants something else."
        "policy: demo\nrules: spam\n"
    Error "E009" UnknownKey "unknown-key" "a key the format does not have"
        "Unknown keys are errors, so that a slip of the pen cannot switch a rule off silently. \
         The hint names the nearest key, or the place where the key belongs."
        "policy: demo\nrulez: []\n"
    Error "E010" DuplicateKey "duplicate-key" "a key is written twice"
        "A mapping has the same key twice; YAML would keep only the last."
        "policy: demo\npolicy: again\n"
    Error "E011" MissingKey "missing-key" "a required key is missing"
        "The mapping lacks a key that its meaning depends on."
        "policy: demo\nrules:\n  - patterns: [spam]\n"
    Error "E012" EmptyItem "empty-item" "an item or value is empty"
        "A list item or a key has no value. Often the value begins with `#`, which starts a \
         comment: put it in quotes."
        "policy: demo\nlists:\n  tags:\n    - #spam\n"
    Error "E013" QuoteIt "quote-it" "text that needs quotes"
        "Unquoted text cannot start with a character that means something to YAML: `*`, `&`, \
         `!`, `@`, `%`, `#`, a backtick, `|` or `>`, and has no `: ` in it. Put it in quotes."
        "policy: demo\nlists:\n  words: [*spam*]\n"
    Error "E014" NotText "not-text" "a text was expected"
        "In data handed over from a program, a number, a boolean or null stands where the \
         format wants a text. In a policy file it would be taken as written, but a program has \
         lost how it was written (`007` is 7): pass a text."
        "{\"policy\": 5}\n"
    Error "E015" BadNumber "bad-number" "not a usable number"
        "Points and thresholds are decimals with at most three places, up to a thousand \
         million."
        "policy: demo\nlabels:\n  spam: { review: 0.0001 }\n"
    Error "E016" BadName "bad-name" "not a usable name"
        "Names start with a letter or `_` and go on with letters, digits and `_`. Dots are \
         for facts; `-` and `/` may stand in labels."
        "policy: demo\nrules:\n  - { id: no spaces, action: review, patterns: [spam] }\n"
    Error "E017" BadValue "bad-value" "not one of the values allowed here"
        "The key takes one of a few words. The hint names them."
        "policy: demo\nevasion: folded\n"
    Error "E018" BadDate "bad-date" "not a date"
        "Dates are written as `2026-11-30`."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], expires: soon }\n"
    Error "E019" EmptyPattern "empty-pattern" "a pattern is empty"
        "A pattern without any character, or of white space alone, matches nothing."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"\"] }\n"
    Error "E020" PatternTooLong "pattern-too-long" "a pattern is too long"
        "A pattern may have 1,000 characters at most."
        ""
    Error "E021" BadWildcard "bad-wildcard" "a `*` that stands for nothing useful"
        "A pattern needs a letter, digit or symbol beside its stars, and two stars in a row \
         mean no more than one. A star as itself is written `\\*`."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"*\"] }\n"
    Error "E022" ConditionSyntax "condition-syntax" "a condition cannot be read"
        "The text of `when:` or `exempt:` does not follow the language of conditions."
        "policy: demo\nrules:\n  - { id: a, action: review, when: letters > }\n"
    Error "E023" ConditionTooDeep "condition-too-deep" "a condition is nested too deeply"
        "A condition may nest 64 levels. Give a part of it to a rule without label and action, \
         and refer to that rule."
        "policy: demo\nexempt: \
         ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a\n"
    Error "E025" MissingListFile "missing-list-file" "a list's file does not exist"
        "A list names a file that is not there. Paths are relative to the policy file."
        ""
    Error "E026" ListFileOutside "list-file-outside" "a list's file is outside the policy's folder"
        "Lists are read from the policy's own folder and below it, so that a policy from \
         somewhere else cannot read other files of the machine."
        "policy: demo\nlists:\n  words: { file: ../words.txt }\n"
    Error "E027" ListFileFormat "list-file-format" "a list's file cannot be used"
        "A list file ends in `.txt` (one pattern a line), `.csv` (a header and a pattern a row) or \
         `.json` (an array of patterns)."
        "policy: demo\nlists:\n  words: { file: words.docx }\n"

    // Meaning: names, types and limits.
    Error "E028" UnknownLabel "unknown-label" "a label that is not declared"
        "A rule adds points to a label that `labels:` does not have."
        "policy: demo\nlabels:\n  spam: { review: 3 }\nrules:\n  - { id: a, label: spma, points: 3, patterns: [spam] }\n"
    Error "E029" UnknownAction "unknown-action" "an action that is not declared"
        "Actions are those of `actions:`, or `allow`, `review` and `block` where a policy \
         states none."
        "policy: demo\nlabels:\n  spam: { reveiw: 3 }\n"
    Error "E030" UnknownList "unknown-list" "a list that is not declared"
        "A pattern refers to a list that `lists:` does not have."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ list: words }] }\n"
    Error "E031" UnknownField "unknown-field" "a field that is not declared"
        "`in:` and signals take the names of `fields:`."
        "policy: demo\nfields: [title, body]\nrules:\n  - { id: a, action: review, in: [titel], patterns: [spam] }\n"
    Error "E032" UnknownName "unknown-name" "a name that stands for nothing"
        "A condition uses a name that is no group of the rule, no rule, no fact, no signal and \
         no function."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [spam] }, when: atc }\n"
    Error "E033" UndeclaredFact "undeclared-fact" "a fact that is not declared"
        "Facts are declared with their type under `facts:` before conditions use them, so that \
         a slip in a name cannot turn a condition off."
        "policy: demo\nrules:\n  - { id: a, action: review, when: author.age < 7 days }\n"
    Error "E034" TypeError "type-error" "values of types that do not go together"
        "A condition compares or computes with values of different types, or is no truth value."
        "policy: demo\nrules:\n  - { id: a, action: review, when: letters > 'x' }\n"
    Error "E035" WrongArguments "wrong-arguments" "a function with the wrong arguments"
        "The function takes another number of arguments, or arguments of another kind."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [spam] }, when: 'near(act, 3)' }\n"
    Error "E036" RuleCycle "rule-cycle" "rules that refer to each other in a circle"
        "Conditions may refer to other rules, but never back to themselves."
        "policy: demo\nrules:\n  - { id: a, action: review, when: b }\n  - { id: b, action: review, when: a }\n"
    Error "E037" ListCycle "list-cycle" "lists that contain each other"
        "Lists may contain other lists, but never themselves."
        "policy: demo\nlists:\n  a: [{ list: b }]\n  b: [{ list: a }]\nrules:\n  - { id: c, action: review, patterns: [{ list: a }] }\n"
    Error "E038" DuplicateName "duplicate-name" "a name is used twice"
        "Rules, labels, groups of a rule, facts, lists and actions each have names of their \
         own."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam] }\n  - { id: a, action: review, patterns: [scam] }\n"
    Error "E039" NameClash "name-clash" "one name for two things"
        "Groups, rules, facts, models and signals share one scope in a rule's condition, so \
         that a name there means one thing."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: { letters: [spam] } }\n"
    Error "E040" ThresholdOrder "threshold-order" "thresholds that do not rise"
        "A more severe action needs a higher score than a milder one."
        "policy: demo\nlabels:\n  spam: { review: 8, block: 3 }\n"
    Error "E041" ThresholdNotPositive "threshold-not-positive" "a threshold of zero or less"
        "Thresholds are greater than zero: a text without any match has the score 0."
        "policy: demo\nlabels:\n  spam: { review: 0 }\n"
    Error "E042" BadRegex "bad-regex" "a regular expression cannot be read"
        "The syntax is that of Rust's `regex` crate: no look-around and no back references, \
         which is what keeps the time linear."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: 'sp(am' }] }\n"
    Error "E043" RegexMatchesEmpty "regex-matches-empty" "a regular expression matches the empty text"
        "It would match between any two characters of any text."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: 'x*' }] }\n"
    Error "E044" RegexTooBig "regex-too-big" "a regular expression is too big when compiled"
        "Counted repetitions multiply: `(a{100}){100}` is ten thousand states. Write it \
         shorter, or as several patterns."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: '((\\pL{100}){100}){100}' }] }\n"
    Error "E045" EmptyGroup "empty-group" "a group without patterns"
        "A group that has no pattern can never match."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [] } }\n"
    Error "E046" EmptyList "empty-list" "a list without entries"
        "A list that has no entry can never match."
        "policy: demo\nlists:\n  words: []\n"
    Error "E047" RuleWithoutCondition "rule-without-condition" "a rule that nothing can fire"
        "A rule needs `patterns:`, `when:`, or both."
        "policy: demo\nrules:\n  - { id: a, action: review }\n"
    Error "E048" LimitExceeded "limit-exceeded" "a limit of the policy is exceeded"
        "The policy is larger in some respect than `limits:` allows."
        ""
    Error "E049" ConflictingKeys "conflicting-keys" "keys that exclude each other"
        "Only one of the keys can say what the entry is. Write two entries."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ text: spam, regex: 'spam' }] }\n"
    Error "E050" TooManyErrors "too-many-errors" "more errors than are listed"
        "Only the first thousand errors of a policy are listed."
        ""
    Error "E051" UnknownEntity "unknown-entity" "an entity that no recognizer finds"
        "`entity:` takes the name of a recognizer, such as `email` or `phone`."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ entity: e_mail_address }] }\n"
    Error "E052" BadDomain "bad-domain" "a domain that cannot be one"
        "A domain is the name of a host, without scheme, port, path and wildcard. Its subdomains \
         are found too. The entries of a list that is used with `as: domain` are such names, or \
         lists of them."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ domain: 'https://spam.example/x' }] }\n"
    Error "E053" ListSyntax "list-syntax" "a list file that cannot be read as what it is"
        "The first row of a CSV list names the columns, each as a key of patterns (`text`, \
         `boundary`, …), and every row below has at most as many cells. A cell with the separator, \
         a line break or a quotation mark in it stands in quotes, and such a mark is written twice."
        ""
    Error "E054" MissingModel "missing-model" "a model's file does not exist"
        "`models` names a file that is not there. Paths are relative to the policy file; models \
         are written by `tamis train`."
        "policy: demo\nmodels: { spamlike: { file: spam.model } }\n"
    Error "E055" ModelOutside "model-outside" "a model's file is outside the policy's folder"
        "Models are read from the policy's own folder and below it, so that a policy from \
         somewhere else cannot read other files of the machine."
        "policy: demo\nmodels: { spamlike: { file: ../spam.model } }\n"
    Error "E056" BadModel "bad-model" "a file that is no model, or a damaged one"
        "A model is the file that `tamis train` wrote, unchanged. It is checked as a whole when \
         it is read: its version, its checksum, every number in it."
        ""

    // Inheritance: bases, what is taken from them, what is changed.
    Error "E060" MissingBase "missing-base" "a base does not exist"
        "`extends` names a file or pack that is not there. Paths are relative to the file that \
         names them, packs are written `pack:NAME`."
        "policy: demo\nextends: [pack:profanity-em]\n"
    Error "E061" BaseOutside "base-outside" "a base is outside the policy's folder"
        "Bases are read from the folder of the policy and below it, so that a policy from \
         somewhere else cannot read other files of the machine. A wider folder is allowed with \
         `--root` on the command line, or the `root` of the API."
        "policy: demo\nextends: [../base.yaml]\n"
    Error "E062" BaseCycle "base-cycle" "policies that extend each other in a circle"
        "A policy may extend others, but never, through them, itself."
        ""
    Error "E063" BaseName "base-name" "a base after which no rule can be named"
        "Inherited rules are named `BASE.rule`, where BASE is the `policy:` name of the base \
         with `_` for `-`. It has to be letters, digits and `_`."
        ""
    Error "E064" BaseConflict "base-conflict" "bases that do not agree"
        "Two bases state different `actions`, `exempt`, `saturated` or `limits`. The file that \
         extends both has to say what holds."
        ""
    Error "E065" FactConflict "fact-conflict" "one fact, declared in two ways"
        "The facts of a policy and its bases are one set: a fact has one type and one default \
         for all of them."
        ""
    Error "E066" UnmatchedOverride "unmatched-override" "an override of no rule"
        "`override` names an inherited rule, such as `profanity_en.damn`, or a glob over such \
         names. One that matches nothing would change nothing."
        "policy: demo\nextends: [pack:profanity-en]\noverride:\n  damn: { points: 0.5 }\n"
    Error "E067" UnmatchedOnly "unmatched-only" "`only` selects nothing"
        "Each entry of `only` is a tag, the name of a rule in the base, or a glob over these \
         names. One that matches no rule would leave something out that was asked for."
        "policy: demo\nextends:\n  - { from: pack:profanity-en, only: [midl] }\n"
    Error "E068" UnmatchedRemove "unmatched-remove" "an entry to remove that is not in the list"
        "`remove` names entries of the list that is extended, as they are written there."
        "policy: demo\nlists:\n  a: [spam, scam]\n  b: { extend: a, remove: [ham] }\n"

    // Warnings: it compiles, but is probably not meant.
    Warning "W001" ShortWildcard "short-wildcard" "fewer than three letters beside a `*`"
        "So short a stem is part of many harmless words."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"ki*\"], tests: { hit: [kill] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"kill*\"], tests: { hit: [kill] } }\n"
    Warning "W002" InnerWildcard "inner-wildcard" "a `*` inside a word"
        "Masks such as `sp*m` are undone without a pattern of their own; an inner `*` also \
         catches longer words."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"spam*ing\"], tests: { hit: [spamming] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, inflect: en, patterns: [spam], tests: { hit: [spamming] } }\n"
    Warning "W003" LoneCharacter "lone-character" "a pattern of one character in an unspaced script"
        "In scripts without spaces a single character is part of very many words."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"\u{6b7b}\"], tests: { hit: [\"\u{6b7b}\"] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"\u{53bb}\u{6b7b}\"], tests: { hit: [\"\u{53bb}\u{6b7b}\"] } }\n"
    Warning "W004" DisabledReference "disabled-reference" "a condition refers to a disabled rule"
        "A disabled rule is always false."
        "policy: demo\nrules:\n  - { id: a, mode: disabled, patterns: [spam], tests: { hit: [spam] } }\n  - { id: b, action: review, when: not a, tests: { hit: [ham] } }\n"
        => "policy: demo\nrules:\n  - { id: a, mode: shadow, patterns: [spam], tests: { hit: [spam] } }\n  - { id: b, action: review, when: not a, tests: { hit: [ham] } }\n"
    Warning "W005" UnusedList "unused-list" "a list that nothing uses"
        "No pattern refers to the list."
        "policy: demo\nlists:\n  words: [spam]\n"
        => "policy: demo\nlists:\n  words: [spam]\nrules:\n  - { id: a, action: review, patterns: [{ list: words }], tests: { hit: [spam] } }\n"
    Warning "W006" UnusedGroup "unused-group" "a group that the condition does not name"
        "The rule's `when:` does not use the group, so its matches never matter."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [spam], who: [you] }, when: act, tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [spam], who: [you] }, when: 'near(act, who, 3)', tests: { hit: [spam you] } }\n"
    Warning "W007" UnusedFact "unused-fact" "a fact that nothing uses"
        "No condition refers to the fact."
        "policy: demo\nfacts:\n  toxicity: number\n"
        => "policy: demo\nfacts:\n  toxicity: number\nrules:\n  - { id: a, action: review, when: toxicity > 0.9, tests: { hit: [{ text: spam, facts: { toxicity: 1 } }] } }\n"
    Warning "W008" UnreachablePoints "unreachable-points" "points that can never lead to an action"
        "Even with every rule of the label fired, the score stays below its lowest threshold."
        "policy: demo\nlabels:\n  spam: { review: 8 }\nrules:\n  - { id: a, label: spam, points: 1, patterns: [spam], tests: { hit: [spam] } }\n"
        => "policy: demo\nlabels:\n  spam: { review: 1 }\nrules:\n  - { id: a, label: spam, points: 1, patterns: [spam], tests: { hit: [spam] } }\n"
    Warning "W009" MissingTests "missing-tests" "a rule without tests"
        "A rule that shows what it should hit, and what it should let pass, can be changed \
         without fear."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam] }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], tests: { hit: [spam], pass: [ham] } }\n"
    Warning "W010" RegexViewCase "regex-view-case" "a regular expression that its view can never satisfy"
        "The folded view has no upper-case and no marked letters. Write them plain, or set \
         `view: raw`."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: 'caf\u{e9}' }], tests: { hit: [cafe] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: cafe }], tests: { hit: [cafe] } }\n"
    Warning "W011" Expired "expired" "a rule is past its date"
        "The rule's `expires:` date has passed. Renew it or take the rule out; the engine \
         itself never looks at the clock."
        ""
    Warning "W012" DuplicatePattern "duplicate-pattern" "a pattern is written twice"
        "The group or list has the pattern already, perhaps in other capitals or with other \
         marks: once folded the two are one. Nothing more is found for it, and `distinct` counts \
         it twice. Take one of them out."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam, Spam], tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], tests: { hit: [spam] } }\n"
    Warning "W013" SwallowedPattern "swallowed-pattern" "a pattern that another one makes needless"
        "Another pattern of the group finds all that this one finds, at the same place: a \
         wildcard such as `spam*` beside `spam`, or a form that `inflect` adds by itself. Take \
         the narrower one out, or the wider one if it is the slip."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam, \"spam*\"], tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"spam*\"], tests: { hit: [spam] } }\n"
    Warning "W014" SparedPattern "spared-pattern" "a pattern that an exception always spares"
        "Wherever the pattern is written plainly, an exception of the rule or of the file covers \
         it, so only disguises of it count. An exception is meant to name the innocent phrase \
         around the word."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], except: [spam], tests: { hit: [sp4m] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], except: [spam filter], tests: { hit: [spam] } }\n"
    Warning "W015" NeverFires "never-fires" "a condition that no text can meet"
        "Whatever the text and the facts, the condition is not true: a ratio is never above 1, a \
         number cannot be both above 5 and below 3. The rule does nothing."
        "policy: demo\nrules:\n  - { id: a, action: review, when: caps_ratio > 80, tests: { hit: [SPAM] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, when: caps_ratio > 0.8, tests: { hit: [SPAM] } }\n"
    Warning "W016" AlwaysFires "always-fires" "a condition that every text meets"
        "Whatever the text and the facts, the condition is true, so the rule fires on every \
         document, the empty one too."
        "policy: demo\nrules:\n  - { id: a, action: review, when: letters >= 0, tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, when: letters > 0, tests: { hit: [spam] } }\n"
    Warning "W017" ConstantPart "constant-part" "a part of a condition that is always the same"
        "The part is always true, or never, whatever the text and the facts, so the condition \
         would be the same without it. Often a number or an operator is a slip."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [spam] }, when: act and letters >= 0, tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: { act: [spam] }, when: act and letters >= 10, tests: { hit: [spam and more] } }\n"
    Warning "W018" RegexWithoutLiteral "regex-without-literal" "a regular expression without any fixed text"
        "Neither two characters in a row nor a sign are part of every match, so the engine cannot \
         look for them first and runs the regex over every message. Many such rules make a policy slow. Write \
         what is always there, or count with a signal instead."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: '[0-9]{6}' }], tests: { hit: ['123456'] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: 'code [0-9]{6}' }], tests: { hit: [code 123456] } }\n"
    Warning "W019" ShortPattern "short-pattern" "a short pattern without boundaries"
        "With `boundary: any` a pattern is found inside words too. Three letters or fewer are \
         part of very many innocent ones; the warning shows some."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ text: pam, boundary: any }], tests: { hit: [pam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [pam], tests: { hit: [pam] } }\n"
    Warning "W020" InheritedTwice "inherited-twice" "a rule that is inherited twice"
        "One rule comes in through two bases, under two names. Both fire, and both add their \
         points."
        ""
    Warning "W021" NoEffect "no-effect" "a rule that changes nothing"
        "The rule has points but no label to add them to, a label but nothing to add, or neither \
         label nor action while no condition names it. Or a pattern has a key that means nothing \
         for its kind, as `evasion` for a regex."
        "policy: demo\nlabels:\n  spam: { review: 3 }\nrules:\n  - { id: a, points: 3, patterns: [spam], tests: { hit: [spam] } }\n"
        => "policy: demo\nlabels:\n  spam: { review: 3 }\nrules:\n  - { id: a, label: spam, points: 3, patterns: [spam], tests: { hit: [spam] } }\n"
    Warning "W022" UnneededIgnore "unneeded-ignore" "`lint_ignore` names a warning that is not there"
        "The rule, or the line of the comment `# lint_ignore: NAME`, has no such warning to \
         hide, perhaps no longer. Take the name out: it would hide the next real one."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], lint_ignore: [inner-wildcard], tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], tests: { hit: [spam] } }\n"
    Warning "W023" ContradictingTests "contradicting-tests" "one text that should both hit and pass"
        "The rule's tests have one document among `hit` and among `pass`; one of the two must fail."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], tests: { hit: [spam], pass: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], tests: { hit: [spam], pass: [ham] } }\n"
    Warning "W024" UnusedModel "unused-model" "a model that nothing uses"
        "No condition asks for the model, so it is only read."
        ""
    Warning "W025" UnknownPlaceholder "unknown-placeholder" "a name in braces that nothing is filled in for"
        "In a `message`, `{match}` is what was found and `{rule}` the name of the rule. Other names \
         in braces are shown as they stand."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], message: \"no {mach} here\", tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], message: \"no {match} here\", tests: { hit: [spam] } }\n"
    Warning "W026" IdleException "idle-exception" "an exception in which nothing is found"
        "An exception spares the matches that lie inside it. No pattern of the rule is a part of \
         this one, so it spares nothing. Write the innocent phrase with the word in it."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], except: [filter], tests: { hit: [spam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam], except: [spam filter], tests: { hit: [spam] } }\n"
    Warning "W027" StrayQuote "stray-quote" "a quotation mark that became part of a text"
        "Only the straight quotes `'` and `\"` enclose a text, and only in pairs. Others, as word \
         processors make them, are looked for like letters, and so is one that has no partner."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\u{201c}spam\u{201d}], tests: { hit: [\"\u{201c}spam\u{201d}\"] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [\"spam\"], tests: { hit: [spam] } }\n"
    Warning "W028" RegexInSlashes "regex-in-slashes" "a regular expression between slashes"
        "Other tools enclose regexes in slashes, with letters for options behind them. Here the \
         slashes and the letters are looked for in the text."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: '/spam/i' }], tests: { hit: [/spam/i] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [{ regex: 'spam' }], tests: { hit: [spam] } }\n"
    Warning "W029" LooksLikeRegex "looks-like-regex" "a word that looks like a regular expression"
        "A text is looked for letter by letter; only `*` has a meaning in it. What has signs that \
         regular expressions are made of is one, by all odds, and is written as `{ regex: … }`."
        "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam|scam], tests: { hit: [spam|scam] } }\n"
        => "policy: demo\nrules:\n  - { id: a, action: review, patterns: [spam, scam], tests: { hit: [spam] } }\n"
}

impl Code {
    /// Every kind, errors first, by number.
    pub fn all() -> &'static [Code] {
        ALL
    }

    /// The kind with this stable number or name.
    pub fn find(number_or_name: &str) -> Option<Code> {
        ALL.iter()
            .copied()
            .find(|code| number_or_name == code.number() || number_or_name == code.name())
    }

    /// All that is known about it.
    pub fn info(self) -> &'static CodeInfo {
        &INFOS[self as usize]
    }

    /// The stable number, such as `E012`.
    pub fn number(self) -> &'static str {
        self.info().number
    }

    /// The stable name, such as `unknown-key`.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.info().severity
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_and_names_are_unique_and_match_the_severity() {
        let mut seen = BTreeSet::new();
        for &code in Code::all() {
            let info = code.info();
            assert!(seen.insert(info.number) && seen.insert(info.name), "{}", info.name);
            let letter = if info.severity == Severity::Error { 'E' } else { 'W' };
            assert!(info.number.starts_with(letter), "{}", info.name);
            assert!(!info.doc.contains("  "), "{}: {}", info.name, info.doc);
            assert_eq!(Code::find(info.name), Some(code));
            assert_eq!(Code::find(info.number), Some(code));
        }
    }
}
