//! The keys of every kind of mapping, for checks and for suggestions.

/// A kind of mapping in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Policy,
    Label,
    Rule,
    Group,
    Pattern,
    Exception,
    Repeat,
    RuleTests,
    TestCase,
    Fact,
    List,
    Extends,
    Override,
    Model,
    Calibration,
}

impl Place {
    pub(crate) const ALL: [Place; 15] = [
        Place::Policy,
        Place::Rule,
        Place::Label,
        Place::Group,
        Place::Pattern,
        Place::Exception,
        Place::Repeat,
        Place::RuleTests,
        Place::TestCase,
        Place::Fact,
        Place::List,
        Place::Extends,
        Place::Override,
        Place::Model,
        Place::Calibration,
    ];

    /// For messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Policy => "a policy",
            Self::Label => "a label",
            Self::Rule => "a rule",
            Self::Group => "a group",
            Self::Pattern => "a pattern",
            Self::Exception => "an exception",
            Self::Repeat => "`repeat`",
            Self::RuleTests => "`tests` of a rule",
            Self::TestCase => "a test",
            Self::Fact => "a fact",
            Self::List => "a list",
            Self::Extends => "an entry of `extends`",
            Self::Override => "an entry of `override`",
            Self::Model => "a model",
            Self::Calibration => "`calibration`",
        }
    }

    pub(crate) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Policy => &[
                "format",
                "policy",
                "version",
                "description",
                "extends",
                "override",
                "fields",
                "facts",
                "models",
                "actions",
                "exempt",
                "evasion",
                "inflect",
                "lang",
                "labels",
                "lists",
                "except",
                "limits",
                "saturated",
                "rules",
                "tests",
            ],
            Self::Label => &["at", "description", "calibration"],
            Self::Rule => RULE,
            Self::Group => &["any", "in", "evasion", "inflect", "boundary", "case"],
            Self::Pattern => &[
                "text", "regex", "list", "domain", "entity", "as", "view", "in", "evasion",
                "inflect", "boundary", "case", "veto",
            ],
            Self::Exception => {
                &["text", "list", "domain", "as", "after", "before", "words", "quoted"]
            }
            Self::Repeat => &["each", "max", "of"],
            Self::RuleTests => &["hit", "pass", "todo_hit", "todo_pass"],
            Self::TestCase => &["text", "fields", "facts", "lang"],
            Self::Fact => &["type", "default"],
            Self::List => &["file", "extend", "add", "remove"],
            Self::Extends => &["from", "mode", "only"],
            Self::Override => &[
                "label",
                "points",
                "action",
                "description",
                "message",
                "tags",
                "meta",
                "lang",
                "in",
                "evasion",
                "inflect",
                "patterns",
                "when",
                "except",
                "repeat",
                "redact",
                "mode",
                "expires",
                "tests",
                "lint_ignore",
                "add_except",
                "add_patterns",
            ],
            Self::Model => &["file"],
            Self::Calibration => &["bias", "slope"],
        }
    }
}

const RULE: &[&str] = &[
    "id",
    "label",
    "points",
    "action",
    "description",
    "message",
    "tags",
    "meta",
    "lang",
    "in",
    "evasion",
    "inflect",
    "patterns",
    "when",
    "except",
    "repeat",
    "redact",
    "mode",
    "expires",
    "tests",
    "lint_ignore",
];
