//! A policy with names resolved, defaults filled in and lists written out.

use super::find::{self, Finder};
use super::inflect;
use super::needle::{self, Needle};
use super::pattern::{self, Symbol};
use super::recognize::Recognizer;
use std::borrow::Cow;
use tamis::Milli;
use tamis::spec::expr::Condition;
use tamis::spec::model::{
    Boundary, ExceptionKind, Group, Level, ListSource, Mode, Pattern, PatternKind, PatternOptions,
    Policy, Rule, View,
};

/// The default actions of a policy that states none.
const ACTIONS: [&str; 3] = ["allow", "review", "block"];
/// The default evasion level.
const LEVEL: Level = Level::Standard;

/// A rule, resolved.
#[derive(Clone, Debug)]
pub struct ResolvedRule {
    /// Its id.
    pub id: String,
    /// Its label, by number.
    pub label: Option<usize>,
    /// Its points.
    pub points: Milli,
    /// Its floor, by number.
    pub action: Option<usize>,
    /// Its mode.
    pub mode: Mode,
    /// The languages it is for; empty means all.
    pub langs: Vec<String>,
    /// Its groups.
    pub groups: Vec<ResolvedGroup>,
    /// Its condition.
    pub when: Option<Condition>,
    /// What the rules are named after that its condition calls by their short names.
    pub when_prefix: String,
    /// What spares its matches: its own exceptions and those of the file.
    pub except: Vec<ResolvedException>,
    /// Points for repeats.
    pub repeat: Option<ResolvedRepeat>,
}

impl ResolvedRule {
    /// A rule with neither label nor action: never reported.
    pub fn is_helper(&self) -> bool {
        self.label.is_none() && self.action.is_none()
    }
}

/// A group of patterns.
#[derive(Clone, Debug)]
pub struct ResolvedGroup {
    /// Its name.
    pub name: String,
    /// Its patterns, those of lists written out.
    pub patterns: Vec<ResolvedPattern>,
}

/// A pattern.
#[derive(Clone, Debug)]
pub struct ResolvedPattern {
    /// As written.
    pub text: String,
    /// What it looks for.
    pub finder: Finder,
    /// The fields it looks in; `None` means all.
    pub fields: Option<Vec<String>>,
}

/// What spares matches.
#[derive(Clone, Debug)]
pub enum ResolvedException {
    /// An occurrence that covers the match.
    Covering(Finder),
    /// An occurrence before the match, among so many words.
    After(Vec<Finder>, usize),
    /// An occurrence behind the match, among so many words.
    Before(Vec<Finder>, usize),
    /// Quotation.
    Quoted,
}

/// `repeat:`.
#[derive(Clone, Debug)]
pub struct ResolvedRepeat {
    /// Points for each match beyond the first.
    pub each: Milli,
    /// The rule's total never goes beyond.
    pub max: Option<Milli>,
    /// The group that is counted, by name.
    pub of: Option<String>,
}

/// The names of the actions, mildest first.
pub fn actions(policy: &Policy) -> Vec<String> {
    match &policy.actions {
        Some(actions) => actions.iter().map(|a| a.value.clone()).collect(),
        None => ACTIONS.map(String::from).to_vec(),
    }
}

/// The names of the fields of a document.
pub fn fields(policy: &Policy) -> Vec<String> {
    if policy.fields.is_empty() {
        return vec!["text".to_owned()];
    }
    policy.fields.iter().map(|f| f.value.clone()).collect()
}

/// The rules of `policy`.
///
/// # Errors
/// When the policy uses what the reference does not know, or a name it does not declare.
pub fn rules(policy: &Policy) -> Result<Vec<ResolvedRule>, String> {
    policy.rules.iter().map(|rule| resolve(policy, rule)).collect()
}

fn resolve(policy: &Policy, rule: &Rule) -> Result<ResolvedRule, String> {
    let actions = actions(policy);
    let label = |name: &str| policy.labels.iter().position(|l| l.name.value == name);
    let action = |name: &str| actions.iter().position(|a| a == name);
    let langs = rule.lang.as_ref().or(policy.lang.as_ref());
    let file = match rule.scope {
        0 => &policy.except,
        inherited => &policy.scopes[inherited as usize - 1].except,
    };
    let except = rule.except.iter().chain(file);
    Ok(ResolvedRule {
        id: rule.id.as_ref().map(|id| id.value.clone()).ok_or("a rule without id")?,
        label: known(rule.label.as_ref().map(|l| l.value.as_str()), label)?,
        points: rule.points.as_ref().map_or(Milli::ZERO, |p| p.value),
        action: known(rule.action.as_ref().map(|a| a.value.as_str()), action)?,
        mode: rule.mode.as_ref().map_or(Mode::Enforce, |m| m.value),
        langs: langs.into_iter().flatten().map(|l| l.value.clone()).collect(),
        groups: rule.groups.iter().map(|g| group(policy, rule, g)).collect::<Result<_, _>>()?,
        when: rule.when.clone(),
        when_prefix: policy.prefix(rule.when_scope).to_owned(),
        except: except
            .map(|e| exception(policy, &e.kind))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect(),
        repeat: rule.repeat.as_ref().map(|r| ResolvedRepeat {
            each: r.each.value,
            max: r.max.as_ref().map(|m| m.value),
            of: r.of.as_ref().map(|of| of.value.clone()),
        }),
    })
}

fn known(
    name: Option<&str>,
    find: impl Fn(&str) -> Option<usize>,
) -> Result<Option<usize>, String> {
    match name {
        Some(name) => find(name).map(Some).ok_or_else(|| format!("`{name}` is not declared")),
        None => Ok(None),
    }
}

fn group(policy: &Policy, rule: &Rule, group: &Group) -> Result<ResolvedGroup, String> {
    let mut patterns = Vec::new();
    for written in &group.patterns {
        let outer = [&written.options, &group.options];
        for (entry, options) in entries(policy, written, &outer)? {
            patterns.push(one(policy, Some(rule), &entry, &options)?);
        }
    }
    Ok(ResolvedGroup { name: group.name.value.clone(), patterns })
}

/// A pattern as it is written, with the options around it from the inside out.
type Written<'p> = (Cow<'p, Pattern>, Vec<&'p PatternOptions>);

/// The patterns that `pattern` stands for, each with its options, nearest first.
fn entries<'p>(
    policy: &'p Policy,
    pattern: &'p Pattern,
    options: &[&'p PatternOptions],
) -> Result<Vec<Written<'p>>, String> {
    let PatternKind::List { name, as_domain } = &pattern.kind else {
        return Ok(vec![(Cow::Borrowed(pattern), options.to_vec())]);
    };
    let list = policy.lists.iter().find(|l| l.name.value == name.value);
    let Some(ListSource::Inline(patterns) | ListSource::File { entries: patterns, .. }) =
        list.map(|l| &l.source)
    else {
        return Err(format!("there is no list `{}`", name.value));
    };
    let mut all = Vec::new();
    for entry in patterns {
        let options: Vec<_> =
            std::iter::once(&entry.options).chain(options.iter().copied()).collect();
        let mut written = entries(policy, entry, &options)?;
        if *as_domain {
            for (entry, _) in &mut written {
                domain(entry);
            }
        }
        all.extend(written);
    }
    Ok(all)
}

/// Makes a word of a list of domains one.
fn domain(entry: &mut Cow<'_, Pattern>) {
    if let PatternKind::Text(name) = &entry.kind {
        entry.to_mut().kind = PatternKind::Domain(name.clone());
    }
}

/// The nearest value of an option.
fn nearest<'p, T>(
    options: &[&'p PatternOptions],
    get: impl Fn(&'p PatternOptions) -> Option<T>,
) -> Option<T> {
    options.iter().find_map(|o| get(o))
}

fn one(
    policy: &Policy,
    rule: Option<&Rule>,
    pattern: &Pattern,
    options: &[&PatternOptions],
) -> Result<ResolvedPattern, String> {
    let case_sensitive = nearest(options, |o| o.case_sensitive.as_ref()).is_some_and(|c| c.value);
    let boundary = nearest(options, |o| o.boundary.as_ref()).map(|b| b.value);
    let level = nearest(options, |o| o.evasion.as_ref())
        .or(rule.and_then(|r| r.evasion.as_ref()))
        .or(policy.evasion.as_ref())
        .map_or(LEVEL, |l| l.value);
    let fields = nearest(options, |o| o.fields.as_ref())
        .or(rule.and_then(|r| r.fields.as_ref()))
        .map(|names| names.iter().map(|f| f.value.clone()).collect());
    let (text, finder) = match &pattern.kind {
        PatternKind::Text(text) => {
            let inflect = nearest(options, |o| o.inflect.as_ref())
                .or(rule.and_then(|r| r.inflect.as_ref()))
                .or(policy.inflect.as_ref());
            let forms = match inflect {
                Some(lang) => inflect::forms(&text.value, lang.value),
                None => vec![text.value.clone()],
            };
            let parsed = forms.iter().map(|form| pattern::parse(form, level, case_sensitive));
            let finder = Finder::Text {
                needles: parsed
                    .flat_map(|symbols| variants(symbols, level, case_sensitive))
                    .collect(),
                level,
                case_sensitive,
                boundary: boundary.unwrap_or(Boundary::Word),
                veto: nearest(options, |o| o.veto.as_ref()).is_none_or(|v| v.value),
                unified: false,
            };
            (&text.value, finder)
        }
        PatternKind::Regex(text) => {
            let default = if case_sensitive { View::Raw } else { View::Fold };
            let view = nearest(options, |o| o.view.as_ref()).map_or(default, |v| v.value);
            let regex = Box::new(find::regex(&text.value, view, case_sensitive)?);
            let boundary = boundary.unwrap_or(Boundary::Any);
            (&text.value, Finder::Regex { regex, view, boundary })
        }
        PatternKind::Domain(name) => {
            (&name.value, recognizer(Recognizer::Domain { name: name.value.clone(), level })?)
        }
        PatternKind::Entity { name, keys } => {
            let keys = keys.iter().map(|(k, v)| (k.value.clone(), v.value.clone())).collect();
            let finder = recognizer(Recognizer::Entity { name: name.value.clone(), keys })?;
            (&format!("entity {}", name.value), finder)
        }
        PatternKind::List { .. } => return Err("a list that was not written out".into()),
    };
    Ok(ResolvedPattern { text: text.clone(), finder, fields })
}

fn recognizer(recognizer: Recognizer) -> Result<Finder, String> {
    if recognizer.exists() {
        return Ok(Finder::Recognizer(recognizer));
    }
    Err(format!("no such recognizer: {recognizer:?}"))
}

/// The ways in which a pattern is looked for at `level`.
fn variants(symbols: Vec<Symbol>, level: Level, case_sensitive: bool) -> Vec<Needle> {
    let plain = needle::plain(symbols);
    let joined = needle::joined(&plain).filter(|_| level >= Level::Standard);
    let reversed = needle::reversed(&plain).filter(|_| level >= Level::Strong);
    let needles: Vec<Needle> = std::iter::once(plain).chain(joined).chain(reversed).collect();
    let dotless = needles.iter().filter(|_| !case_sensitive).flat_map(needle::dotless);
    let dotless: Vec<Needle> = dotless.collect();
    needles.into_iter().chain(dotless).collect()
}

/// What an exception spares; a context reaches three words unless it says otherwise.
fn exception(policy: &Policy, kind: &ExceptionKind) -> Result<Vec<ResolvedException>, String> {
    let all = |patterns: &[Pattern]| -> Result<Vec<Finder>, String> {
        let found: Result<Vec<_>, _> = patterns.iter().map(|p| occurrences(policy, p)).collect();
        Ok(found?.into_iter().flatten().collect())
    };
    let reach =
        |words: &Option<tamis::Spanned<u64>>| words.as_ref().map_or(3, |w| w.value as usize);
    Ok(match kind {
        ExceptionKind::Pattern(pattern) => {
            let found = occurrences(policy, pattern)?.into_iter();
            found.map(ResolvedException::Covering).collect()
        }
        ExceptionKind::After { patterns, words } => {
            vec![ResolvedException::After(all(patterns)?, reach(words))]
        }
        ExceptionKind::Before { patterns, words } => {
            vec![ResolvedException::Before(all(patterns)?, reach(words))]
        }
        ExceptionKind::Quoted => vec![ResolvedException::Quoted],
    })
}

/// The occurrences an exception looks for: always at `fold`, without regard to
/// case, and with all dashes and all quotation marks as one.
fn occurrences(policy: &Policy, pattern: &Pattern) -> Result<Vec<Finder>, String> {
    let entries = entries(policy, pattern, &[&pattern.options])?;
    entries
        .into_iter()
        .map(|(entry, options)| match &entry.kind {
            PatternKind::Text(text) => Ok(Finder::Text {
                needles: {
                    let symbols = pattern::unified(pattern::parse(&text.value, Level::Fold, false));
                    variants(symbols, Level::Fold, false)
                },
                level: Level::Fold,
                case_sensitive: false,
                boundary: nearest(&options, |o| o.boundary.as_ref())
                    .map_or(Boundary::Word, |b| b.value),
                veto: false,
                unified: true,
            }),
            PatternKind::Domain(name) => {
                recognizer(Recognizer::Spared { name: name.value.clone() })
            }
            _ => one(policy, None, &entry, &options).map(|p| p.finder),
        })
        .collect()
}
