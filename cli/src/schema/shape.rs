//! The form of every mapping of a policy. The comments become the descriptions that
//! editors show.

use super::words::{
    AnyValue, AsDomain, Boundary, Case, Condition, Day, Entity, Evasion, FactType, Format,
    Inflection, LimitValues, ListFile, Mode, Name, Number, Points, Scalar, Threshold, View,
    Warning, Words, Yes, YesOrNo,
};
use super::{Either, Named, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! shapes {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$key_meta:meta])* $key:ident: $value:ty,)* })*) => {
        $(
            #[derive(JsonSchema)]
            #[schemars(deny_unknown_fields)]
            #[expect(dead_code, reason = "only its form is of interest")]
            #[allow(clippy::struct_field_names, reason = "the names are those of the format")]
            $(#[$meta])*
            pub(crate) struct $name { $($(#[$key_meta])* $key: $value,)* }
        )*
    };
}

type Texts = Vec<Text>;
type Patterns = Vec<Pattern>;
type Thresholds = Named<Threshold>;
type Groups = Either<Patterns, Named<Group>>;

shapes! {
    struct Policy {
        /// The version of the format.
        format: Option<Format>,
        /// The name of the policy.
        policy: Option<Text>,
        /// The author's own version.
        version: Option<Text>,
        /// What the policy is for.
        description: Option<Text>,
        /// Policies to build on, in order: `pack:NAME`, or a path relative to this file.
        extends: Option<Vec<Extends>>,
        /// Changes to inherited rules, by name or glob.
        r#override: Option<Named<Override>>,
        /// The named texts of a document; without it there is one, `text`.
        fields: Option<Vec<Name>>,
        /// What the caller passes beside the text, with its type.
        facts: Option<Named<Fact>>,
        /// Trained models whose probability is a signal.
        models: Option<Named<Model>>,
        /// The actions, mildest first; the first is the default. Without it: allow, review, block.
        actions: Option<Vec<Name>>,
        /// A condition on facts; where it is true the action is the first, whatever was found.
        exempt: Option<Condition>,
        /// How far disguises are undone, for all rules of the file. The default is standard.
        evasion: Option<Evasion>,
        /// The language whose regular endings are added to words, for all rules of the file.
        inflect: Option<Inflection>,
        /// The languages the file is for.
        lang: Option<Texts>,
        /// Labels with the scores at which actions start.
        labels: Option<Named<Label>>,
        /// Named lists of patterns.
        lists: Option<Named<List>>,
        /// What spares matches of all rules of the file.
        except: Option<Vec<Exception>>,
        /// Bounds of the engine.
        limits: Option<LimitValues>,
        /// The least action of a verdict that hit a limit; the default is the second action.
        saturated: Option<Name>,
        /// The rules.
        rules: Option<Vec<Rule>>,
        /// Texts by the final action they must have.
        tests: Option<Named<Vec<Test>>>,
    }

    struct Rule {
        /// The name of the rule.
        id: Name,
        /// The label its points go to.
        label: Option<Text>,
        /// What it adds to the score of its label, with three decimals at most.
        points: Option<Points>,
        /// The least action of a verdict in which it fires.
        action: Option<Name>,
        /// For staff: what the rule is about.
        description: Option<Text>,
        /// For the author of the text; `{match}` and `{rule}` are filled in.
        message: Option<Text>,
        /// Names to select rules by.
        tags: Option<Texts>,
        /// Free keys that are carried along.
        meta: Option<Named<Scalar>>,
        /// The languages the rule is for.
        lang: Option<Texts>,
        /// The fields its patterns look in.
        r#in: Option<Vec<Name>>,
        /// How far disguises are undone.
        evasion: Option<Evasion>,
        /// The language whose regular endings are added to words.
        inflect: Option<Inflection>,
        /// What it looks for: a list of patterns, or named groups of them.
        patterns: Option<Groups>,
        /// When it fires; without it, on any match.
        when: Option<Condition>,
        /// What spares its matches.
        except: Option<Vec<Exception>>,
        /// Points for each match beyond the first.
        repeat: Option<Repeat>,
        /// Whether its matches are censored, or the groups whose matches are.
        redact: Option<Either<YesOrNo, Vec<Name>>>,
        /// enforce: it counts; shadow: it is reported apart; disabled: it never fires.
        mode: Option<Mode>,
        /// A day after which `tamis lint` and `tamis test` remind of the rule.
        expires: Option<Day>,
        /// Texts it must and must not hit.
        tests: Option<RuleTests>,
        /// Warnings that are not wanted here.
        lint_ignore: Option<Vec<Warning>>,
    }

    struct Override {
        /// The label its points go to.
        label: Option<Text>,
        /// What it adds to the score of its label.
        points: Option<Points>,
        /// The least action of a verdict in which it fires.
        action: Option<Name>,
        /// For staff: what the rule is about.
        description: Option<Text>,
        /// For the author of the text.
        message: Option<Text>,
        /// Names to select rules by.
        tags: Option<Texts>,
        /// Free keys that are carried along.
        meta: Option<Named<Scalar>>,
        /// The languages the rule is for.
        lang: Option<Texts>,
        /// The fields its patterns look in.
        r#in: Option<Vec<Name>>,
        /// How far disguises are undone.
        evasion: Option<Evasion>,
        /// The language whose regular endings are added to words.
        inflect: Option<Inflection>,
        /// What it looks for, in place of its own patterns.
        patterns: Option<Groups>,
        /// When it fires.
        when: Option<Condition>,
        /// What spares its matches, in place of its own exceptions.
        except: Option<Vec<Exception>>,
        /// Points for each match beyond the first.
        repeat: Option<Repeat>,
        /// Whether its matches are censored, or the groups whose matches are.
        redact: Option<Either<YesOrNo, Vec<Name>>>,
        /// enforce, shadow or disabled.
        mode: Option<Mode>,
        /// A day after which `tamis lint` and `tamis test` remind of the rule.
        expires: Option<Day>,
        /// Texts it must and must not hit, in place of its own.
        tests: Option<RuleTests>,
        /// Warnings that are not wanted here.
        lint_ignore: Option<Vec<Warning>>,
        /// Exceptions beside its own.
        add_except: Option<Vec<Exception>>,
        /// Patterns beside its own, by group.
        add_patterns: Option<Groups>,
    }

    struct LongLabel {
        /// The score at which each action starts.
        at: Option<Thresholds>,
        /// What the label means.
        description: Option<Text>,
        /// How its score becomes a probability.
        calibration: Option<Calibration>,
    }

    struct Calibration {
        /// The constant part.
        bias: Number,
        /// The factor of the score.
        slope: Number,
    }

    struct LongGroup {
        /// The patterns.
        any: Patterns,
        /// The fields they look in.
        r#in: Option<Vec<Name>>,
        /// How far disguises are undone.
        evasion: Option<Evasion>,
        /// The language whose regular endings are added.
        inflect: Option<Inflection>,
        /// word: whole words; any: also inside words.
        boundary: Option<Boundary>,
        /// Whether capitals count.
        case: Option<Case>,
    }

    #[schemars(transform = one_kind)]
    struct LongPattern {
        /// A word or phrase; `*` stands for more letters of the word.
        text: Option<Text>,
        /// A regular expression, without look-around and back references.
        regex: Option<Text>,
        /// A named list.
        list: Option<Name>,
        /// A host, found with its subdomains.
        domain: Option<Text>,
        /// Something a recognizer finds.
        entity: Option<Entity>,
        /// Take the entries of the list as domains.
        r#as: Option<AsDomain>,
        /// The form of the text a regex runs on.
        view: Option<View>,
        /// The fields it looks in.
        r#in: Option<Vec<Name>>,
        /// How far disguises are undone.
        evasion: Option<Evasion>,
        /// The language whose regular endings are added.
        inflect: Option<Inflection>,
        /// word: whole words; any: also inside words.
        boundary: Option<Boundary>,
        /// Whether capitals count.
        case: Option<Case>,
        /// off: a disguise counts also where it is an innocent word.
        veto: Option<YesOrNo>,
    }

    #[schemars(transform = one_exception)]
    struct LongException {
        /// A word or phrase; a match inside of it is spared.
        text: Option<Text>,
        /// A list of such phrases.
        list: Option<Name>,
        /// A host; a match in a link to it is spared.
        domain: Option<Text>,
        /// Take the entries of the list as domains.
        r#as: Option<AsDomain>,
        /// A match behind one of these is spared.
        after: Option<Patterns>,
        /// A match before one of these is spared.
        before: Option<Patterns>,
        /// How many words may lie between; the default is 3.
        words: Option<Words>,
        /// A match in quotation marks, in a quoted line or in code is spared.
        quoted: Option<Yes>,
    }

    struct Repeat {
        /// Points for each match beyond the first.
        each: Points,
        /// The points of the rule never go beyond.
        max: Option<Points>,
        /// The group whose matches are counted.
        of: Option<Name>,
    }

    struct RuleTests {
        /// Texts the rule must hit.
        hit: Option<Vec<Test>>,
        /// Texts it must not hit.
        pass: Option<Vec<Test>>,
        /// Known gaps: it should hit these and does not yet.
        todo_hit: Option<Vec<Test>>,
        /// Known gaps: it should pass these and does not yet.
        todo_pass: Option<Vec<Test>>,
    }

    #[schemars(transform = text_or_fields)]
    struct LongTest {
        /// The text.
        text: Option<Text>,
        /// The texts by field.
        fields: Option<Named<Text>>,
        /// The facts, by dotted name or nested.
        facts: Option<Named<AnyValue>>,
        /// The language of the document.
        lang: Option<Text>,
    }

    struct LongFact {
        /// The type of its values.
        r#type: FactType,
        /// Its value where the caller gives none.
        default: Option<AnyValue>,
    }

    #[schemars(transform = file_or_extend)]
    struct LongList {
        /// A file relative to this one: txt (one pattern a line), csv or json.
        file: Option<ListFile>,
        /// The list to edit.
        extend: Option<Name>,
        /// Entries to add to it.
        add: Option<Patterns>,
        /// Entries to take out of it.
        remove: Option<Patterns>,
    }

    struct LongExtends {
        /// `pack:NAME`, or a path relative to this file.
        from: Text,
        /// The mode its rules get.
        mode: Option<Mode>,
        /// What to take of it: tags, names of rules, globs.
        only: Option<Texts>,
    }

    struct Model {
        /// The file of the model, relative to this one.
        file: Text,
    }
}

macro_rules! forms {
    ($($(#[doc = $doc:literal])* $name:ident = $short:ty | $long:ty;)*) => {
        $(
            $(#[doc = $doc])*
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    Either::<$short, $long>::json_schema(generator)
                }
            }
        )*
    };
}

forms! {
    /// A pattern: a word or phrase, or a mapping that says what it is.
    Pattern = Text | LongPattern;
    /// A group: its patterns, or a mapping with what holds for all of them.
    Group = Patterns | LongGroup;
    /// An exception: a phrase, or a mapping.
    Exception = Text | LongException;
    /// A test: a text, or a document.
    Test = Text | LongTest;
    /// A fact: its type, or a mapping with a default.
    Fact = FactType | LongFact;
    /// A list: its entries, or where they come from.
    List = Patterns | LongList;
    /// A base: its name, or a mapping.
    Extends = Text | LongExtends;
}

/// A label: thresholds by action, or the long form where one of its keys is there.
pub(crate) struct Label;

impl JsonSchema for Label {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "if": { "anyOf": [
                { "required": ["at"] },
                { "required": ["description"] },
                { "required": ["calibration"] },
            ] },
            "then": generator.subschema_for::<LongLabel>(),
            "else": generator.subschema_for::<Thresholds>(),
        })
    }
}

/// Exactly one key says what a pattern is, and some keys go with some of them only.
fn one_kind(schema: &mut Schema) {
    one_of(schema, &["text", "regex", "list", "domain", "entity"]);
    let mut of_entities = vec!["entity", "in"];
    let mut rules = vec![
        serde_json::json!({
            "if": { "required": ["domain"] },
            "then": { "propertyNames": { "enum": ["domain", "in", "evasion"] } },
        }),
        serde_json::json!({
            "if": { "required": ["as"] },
            "then": { "propertyNames": { "enum": ["list", "as", "in", "evasion"] } },
        }),
    ];
    for (entity, keys) in tamis::vocabulary::entities() {
        for key in keys {
            property(schema, key, &format!("For `entity: {entity}`."));
            of_entities.push(key);
            rules.push(serde_json::json!({
                "if": { "required": [key] },
                "then": { "properties": { "entity": { "const": entity } }, "required": ["entity"] },
            }));
        }
    }
    rules.push(serde_json::json!({
        "if": { "required": ["entity"] },
        "then": { "propertyNames": { "enum": of_entities } },
    }));
    schema.insert(
        "dependencies".to_owned(),
        serde_json::json!({ "view": ["regex"], "as": ["list"] }),
    );
    schema.insert("allOf".to_owned(), rules.into());
}

/// A key that only some recognizers have: a text, or several.
fn property(schema: &mut Schema, key: &str, description: &str) {
    let properties = schema.get_mut("properties").and_then(|value| value.as_object_mut());
    let value = serde_json::json!({
        "description": description,
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
    });
    properties.expect("the properties of a pattern").insert(key.to_owned(), value);
}

fn one_exception(schema: &mut Schema) {
    one_of(schema, &["text", "list", "domain", "after", "before", "quoted"]);
    let near = serde_json::json!([{
        "if": { "required": ["words"] },
        "then": { "anyOf": [{ "required": ["after"] }, { "required": ["before"] }] },
    }]);
    schema.insert("allOf".to_owned(), near);
    schema.insert("dependencies".to_owned(), serde_json::json!({ "as": ["list"] }));
}

fn text_or_fields(schema: &mut Schema) {
    one_of(schema, &["text", "fields"]);
}

fn file_or_extend(schema: &mut Schema) {
    one_of(schema, &["file", "extend"]);
    let edits = serde_json::json!({ "add": ["extend"], "remove": ["extend"] });
    schema.insert("dependencies".to_owned(), edits);
}

fn one_of(schema: &mut Schema, keys: &[&str]) {
    let required: Vec<_> =
        keys.iter().map(|key| serde_json::json!({ "required": [key] })).collect();
    schema.insert("oneOf".to_owned(), required.into());
}
