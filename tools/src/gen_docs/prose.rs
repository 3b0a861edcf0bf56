//! The words of the reference that no table of the engine has, and examples for them.
//! Everything in here is held complete or run by a test.

/// A kind of pattern.
pub(super) struct Pattern {
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) example: &'static str,
}

pub(super) const PATTERNS_HEAD: &str = "\
A pattern is a text, or a mapping with one of `text`, `regex`, `list`, `domain`, `entity` and options. `evasion`, `inflect` and `in` may also
stand on the group, the rule or the policy: the nearest counts. `boundary` and `case` may stand on the group.

| option | values | for |
|---|---|---|
| `evasion` | `exact`, `fold`, `standard`, `strong` | [how far disguises are undone](#evasion-levels) |
| `inflect` | `en`, `de`, `es`, `fr`, `pt`, `off` | [regular endings](#inflections) |
| `boundary` | `word`, `any` | whether a letter or digit may stand beside it; `word` for texts, `any` for regexes, unless stated |
| `case` | `sensitive`, `insensitive` | whether capitals matter |
| `veto` | `off` | also find disguises that are ordinary words as they stand |
| `in` | names of fields | where to look |
| `view` | `fold`, `raw` | for regexes: the text with disguises of letters undone, or as it was written |
| `as` | `domain` | for lists: each entry is a host |";

pub(super) const PATTERNS: &[Pattern] = &[
    Pattern {
        title: "Words and phrases",
        what: "A space stands for one to eight spaces or punctuation marks, not for the end of a sentence or a blank line. `*` stands for up to\n\
               20 more letters of the same word, `\\*` for a star. An apostrophe matches any apostrophe, or none. A digit or symbol\n\
               matches only itself.",
        example: "\
policy: words
rules:
  - id: phrases
    action: review
    patterns: [free gold, \"treasur*\", \"don't tell\", { text: Ship, case: sensitive, evasion: exact }]
    tests:
      hit:  [\"FREE -- gold\", \"treasures\", \"dont tell\", \"a Ship\"]
      pass: [\"free. Gold\", \"a ship\", \"carefree gold\"]
",
    },
    Pattern {
        title: "Regular expressions",
        what: "The syntax of the Rust crate `regex`: no look-around, no back-references, and so no text can make it slow. Capitals do not\n\
               matter unless `case: sensitive`. It runs on the folded text (accents and look-alikes undone), with `view: raw` on the text as it\n\
               was written. Disguises beyond that are not undone.",
        example: "\
policy: regexes
rules:
  - id: codes
    action: review
    patterns: [{ regex: 'gold\\s*x\\d+' }, { regex: '[A-Z]{3}-\\d{4}', case: sensitive, boundary: word }]
    tests:
      hit:  [\"gòld x100\", \"use ABC-1234\"]
      pass: [\"gold x\", \"use abc-1234\", \"XABC-1234\"]
",
    },
    Pattern {
        title: "Lists",
        what: "A list stands under `lists:`, inline or in a file beside the policy: `txt` (one entry a line, comments after `#`), `csv` or `json`. Entries are\n\
               patterns; a list may name another. `{ extend: NAME, add: […], remove: […] }` edits an inherited one.",
        example: "\
policy: lists
lists:
  coins: [doubloons, pieces of eight]
  goods: [rum, { list: coins }]
rules:
  - id: trade
    action: review
    patterns: { buy: [buy, sell], what: [{ list: goods }] }
    when: near(buy, what, 2)
    tests: { hit: [\"sell me rum\", \"buy doubloons\"], pass: [\"rum is red\"] }
",
    },
    Pattern {
        title: "Domains",
        what: "The host of a link and everything below it: with or without `https://`, in punycode, in letters that look alike, or written with `hxxp`, `[.]`\n\
               or `dot`.",
        example: "\
policy: domains
rules:
  - id: shop
    action: review
    patterns: [{ domain: gold-shop.example }]
    tests:
      hit:
        - https://gold-shop.example/buy
        - www.gold-shop.example
        - \"hxxp://gold-shop[.]example\"
        - g0ld-shop.example
      pass:
        - a gold shop, for example
        - https://not-gold-shop.example
",
    },
];

pub(super) const INFLECTIONS_HEAD: &str = "\
`inflect: en` on a policy, rule, group or pattern also finds the regular forms of its words; in a phrase of the first and of the last word, one at a time.
Function words have none, and a form that is another ordinary word is left out.";

pub(super) const LEVELS_HEAD: &str = "\
A level is a set of kinds of disguise it undoes and a ceiling on what undoing may cost in one match. Each level finds what the ones before it find.
`standard` is the default. `tamis views --costs` prints the same table.";

pub(super) const LEVELS_FOOT: &str = "\
Inside links, mentions, mail addresses and ids every undoing costs 1.0 more. A match that cost something and is an ordinary word as it stands is not counted, unless the pattern says `veto: off`.";

pub(super) const LEVELS_EXAMPLE: &str = "\
policy: levels
rules:
  - id: at_exact
    action: review
    evasion: exact
    patterns: [doubloon]
    tests: { hit: [\"DOUBLOON\"], pass: [\"dóubloon\"] }
  - id: at_fold
    action: review
    evasion: fold
    patterns: [doubloon]
    tests: { hit: [\"dóubloon\", \"ｄｏｕｂｌｏｏｎ\", \"dоubloоn\"], pass: [\"d0ubl00n\"] }
  - id: at_standard
    action: review
    patterns: [doubloon]
    tests: { hit: [\"d0ubl00n\", \"d o u b l o o n\", \"d*ubloon\", \"doubloooon\"], pass: [\"dubloon\"] }
  - id: at_strong
    action: review
    evasion: strong
    patterns: [doubloon]
    tests: { hit: [\"dubloon\", \"doulboon\", \"d-o u b-l o o n\", \"noolbuod\"], pass: [\"double moon\"] }
";

pub(super) const ENTITIES_HEAD: &str = "\
`{ entity: NAME }` finds things by their form, and checks what can be checked. What is found has its exact place. They look at the text as it was written.
The tests of each policy here are texts in which it is found, texts with something of that form that is not valid, and texts with something else.";

pub(super) const CONDITIONS_HEAD: &str = "\
`when:` of a rule: `and`, `or`, `not`, parentheses; `==`, `!=`, `<`, `<=`, `>`, `>=`; `+ - * /`; texts in quotation marks; durations such as `7 days` (seconds to years);
`x in ['a', 'b']`, `'mod' in author.roles`. A name is a group of the rule (true when it was found), another rule (true when its condition holds), a fact, a model or a signal.
`2 of (a, b, c)` is true when two of them are. Without `when:` any match fires the rule.

What a missing fact leaves open stays open: `unknown and false` is false, `unknown or true` is true, all else is unknown, and a rule fires only on true. Rules that stay open are listed in the verdict
with the facts they lack.
";

/// Functions and what they say.
pub(super) const FUNCTIONS: &[(&str, &str)] = &[
    ("count", "how many matches of the group there are that do not overlap"),
    ("distinct", "how many different patterns of the group were found"),
    ("near", "a match of each, in one field, in either order, with so many words between at most"),
    ("before", "the same with the first group first; without a number at any distance"),
    (
        "same_sentence",
        "a match of each with neither the end of a sentence nor a line break between",
    ),
    ("starts", "before a match there are only spaces, punctuation and emoji"),
    ("ends", "behind a match there are only spaces, punctuation and emoji"),
    ("whole", "both"),
];

pub(super) const CONDITIONS_FOOT: &str = "\
Distances count words that neither match covers. In scripts without spaces each letter is a word. Fields are apart: nothing is near something in another field.";

pub(super) const CONDITIONS_EXAMPLE: &str = "\
policy: conditions
fields: [title, body]
facts:
  author.age: duration
  author.roles: set
  author.country: text
  reports: { type: number, default: 0 }
rules:
  - id: advert
    action: review
    patterns: { buy: [buy, order], now: [now, today] }
    when: before(buy, now, 2) and not ('mod' in author.roles)
    tests:
      hit:  [{ text: order it now, facts: { author: { roles: [guest] } } }]
      pass:
        - { text: now order it, facts: { author: { roles: [] } } }
        - { text: order it now, facts: { author: { roles: [mod] } } }
        - order it now
  - id: flood
    action: review
    patterns: { buy: [buy, order] }
    when: count(buy) >= 3 or distinct(buy) == 2 and same_sentence(buy, buy)
    tests:
      hit:  [\"buy buy buy\", \"buy or order\"]
      pass: [\"buy it\", \"Buy it. Order it.\"]
  - id: headline
    action: review
    patterns: { sale: [sale] }
    when: 2 of (starts(sale), caps_ratio(title) > 0.5, reports + 1 > 3)
    tests:
      hit:
        - fields: { title: \"SALE: ALL of it\" }
        - { fields: { title: sale }, facts: { reports: 3 } }
      pass: [{ fields: { body: \"no sale\" } }]
  - id: stranger
    action: review
    when: author.age < 2 weeks and author.country in ['aa', 'bb'] and (advert or flood)
    tests:
      hit:  [{ text: buy buy buy, facts: { author.age: 3 days, author.country: aa } }]
      pass: [{ text: buy buy buy, facts: { author.age: 3 days } }]
";

pub(super) const SIGNALS_HEAD: &str = "\
Numbers measured on the text as it was written. `caps_ratio` asks the whole document, `caps_ratio(title)` one field. A ratio of nothing is 0.";

/// A signal in a rule, with a text that fires it and one that does not.
#[expect(clippy::struct_field_names, reason = "a signal's name, and what it tells")]
pub(super) struct Signal {
    pub(super) signal: &'static str,
    pub(super) when: &'static str,
    /// Patterns of the rule, where the signal needs some.
    pub(super) patterns: &'static str,
    pub(super) hit: &'static str,
    pub(super) pass: &'static str,
}

const fn row(
    signal: &'static str,
    when: &'static str,
    hit: &'static str,
    pass: &'static str,
) -> Signal {
    Signal { signal, when, patterns: "", hit, pass }
}

pub(super) const SIGNALS: &[Signal] = &[
    row("length", "length > 20", "a text of more than twenty", "a short text"),
    row("words", "words >= 4", "one two three four", "one two three"),
    row("letters", "letters > 5", "abcdef", "abc 123 de"),
    row("lines", "lines > 2", "a\nb\nc", "a\nb"),
    row("emoji", "emoji >= 3", "🎉🎉🎉", "🎉 good"),
    row("links", "links >= 2", "https://a.example and www.b.example", "https://a.example"),
    row("mentions", "mentions >= 2", "@ann @bob hi", "@ann hi"),
    row("hashtags", "hashtags >= 2", "#one #two", "#one"),
    row("invisible", "invisible > 0", "go\u{200b}ld", "gold"),
    row("caps_ratio", "caps_ratio > 0.8 and letters >= 10", "STOP SHOUTING", "Stop shouting"),
    row("digit_ratio", "digit_ratio > 0.5", "call 555 0100 0", "in 1999 or so"),
    row("symbol_ratio", "symbol_ratio > 0.5", "!!! $$$ !!! hey", "hey!"),
    row(
        "unique_ratio",
        "unique_ratio < 0.5 and words > 5",
        "buy buy buy buy buy buy now",
        "one two three four five six",
    ),
    row("longest_run", "longest_run > 5", "noooooo", "noo"),
    row("zalgo", "zalgo > 3", "z\u{301}\u{302}\u{303}\u{304}\u{305}", "né"),
    row("mixed_script", "mixed_script > 0", "раypal", "привет paypal"),
    Signal {
        signal: "evasion_cost",
        when: "patterns and evasion_cost > 0",
        patterns: "treasure",
        hit: "tr3asure",
        pass: "treasure",
    },
    Signal {
        signal: "saturated",
        when: "patterns and saturated == 0",
        patterns: "treasure",
        hit: "treasure",
        pass: "trash",
    },
];

pub(super) const LIMITS_HEAD: &str = "\
Bounds with defaults that no honest policy or text comes near.";

pub(super) const LIMITS_FOOT: &str = "\
A text that hits `undoing` has `saturated: true` in its verdict and gets at least the action that `saturated:` names (the second action, unless stated): what `exact` and
`fold` find is found nevertheless. [limits.md](limits.md) has every bound there is.";

pub(super) const LIMITS_EXAMPLE: &str = "\
policy: bounded
limits: { undoing: 100, regex_size: 500000 }
saturated: review
rules:
  - id: gold
    action: review
    patterns: [gold]
    tests: { hit: [gold], pass: [silver] }
";

pub(super) const PACKS_HEAD: &str = "\
Policies that come with Tamis, to use as they are (`tamis check pack:NAME`) or to build on (`extends: [pack:NAME]`).";
