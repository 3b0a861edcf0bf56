//! Loading a POLICY argument.

use crate::failure::Failure;
use crate::ui::diagnostics;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use tamis::ids::ActionId;
use tamis::{Date, Policy, PolicyError, Ruleset};

/// The policy of a command that uses one, and how it is taken.
#[derive(Clone, Debug, Args)]
pub(crate) struct PolicyArgs {
    /// The policy: a file, a compiled ruleset or `pack:NAME`
    #[arg(value_name = "POLICY")]
    pub(crate) name: String,
    /// Put rules into shadow mode: they are reported apart and change nothing. A name, a glob
    /// over names such as `profanity_en.*`, or a tag (repeatable)
    #[arg(long, value_name = "GLOB")]
    shadow: Vec<String>,
    #[command(flatten)]
    root: RootArgs,
}

/// The same, for a command that needs what the author wrote.
#[derive(Clone, Debug)]
pub(crate) struct SourceArgs(PolicyArgs);

impl Args for SourceArgs {
    fn augment_args(command: Command) -> Command {
        let help =
            "The policy: a file or `pack:NAME`; a compiled ruleset does not hold what this needs";
        PolicyArgs::augment_args(command).mut_arg("name", |name| name.help(help))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SourceArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        PolicyArgs::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Deref for SourceArgs {
    type Target = PolicyArgs;

    fn deref(&self) -> &PolicyArgs {
        &self.0
    }
}

/// Where the files of a policy may be.
#[derive(Clone, Debug, Args)]
pub(crate) struct RootArgs {
    /// Let bases and lists come from anywhere below this folder [default: the policy's own]
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
}

impl RootArgs {
    /// The folder that the paths of the sources of `policy` are relative to.
    pub(crate) fn folder(&self, policy: &str) -> PathBuf {
        let own = || Path::new(policy).parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let folder = self.root.clone().unwrap_or_else(own);
        if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
    }

    /// The policy `name`, a file or `pack:NAME`.
    pub(crate) fn load(&self, name: &str) -> Result<Policy, PolicyError> {
        match &self.root {
            Some(root) if !name.starts_with("pack:") => Policy::from_file_below(root, name),
            _ => Policy::load(name),
        }
    }

    /// The same, with files of these places as they are given here.
    pub(crate) fn load_edited(
        &self,
        name: &str,
        edited: BTreeMap<String, String>,
    ) -> Result<Policy, PolicyError> {
        if name.starts_with("pack:") {
            return Policy::load(name);
        }
        Policy::from_file_edited(name, self.root.as_deref(), edited)
    }
}

impl PolicyArgs {
    /// For a command that takes more than one policy.
    pub(crate) fn new(name: &str, shadow: &[String], root: &RootArgs) -> Self {
        Self { name: name.to_owned(), shadow: shadow.to_vec(), root: root.clone() }
    }

    /// The ruleset, compiled or loaded; its warnings go to standard error.
    pub(crate) fn load(&self) -> Result<Ruleset, Failure> {
        self.load_with_any_source().map(|(_, ruleset)| ruleset)
    }

    /// The same, with what its author wrote unless it was compiled before.
    pub(crate) fn load_with_any_source(&self) -> Result<(Option<Policy>, Ruleset), Failure> {
        if let Some(ruleset) = self.load_compiled()? {
            return Ok((None, ruleset));
        }
        let (policy, ruleset) = self.load_with_source()?;
        Ok((Some(policy), ruleset))
    }

    /// The same, with what its author wrote.
    pub(crate) fn load_with_source(&self) -> Result<(Policy, Ruleset), Failure> {
        let mut policy = self.root.load(&self.name)?;
        for selector in &self.shadow {
            policy
                .shadow(selector)
                .map_err(|error| Failure::input(format!("--shadow: {error}")))?;
        }
        let ruleset = policy.compile()?;
        if !ruleset.warnings().is_empty() {
            // Warnings are `lint`'s to show; here a line is enough to not overlook them.
            diagnostics::mention_warnings(&self.name, ruleset.warnings())?;
        }
        Ok((policy, ruleset))
    }

    /// The policy's own file, for a command that changes it: its place and its name.
    pub(crate) fn own_file(&self, policy: &Policy) -> Result<(String, PathBuf), Failure> {
        let file = policy.sources().file(tamis::FileId(0));
        match file.and_then(|file| file.path()) {
            Some(place) if !self.name.starts_with("pack:") => {
                Ok((place.to_owned(), PathBuf::from(&self.name)))
            }
            _ => Err(Failure::input(format!("{} is built in; only files are changed", self.name))),
        }
    }

    /// The policy as it would be with its own file changed.
    pub(crate) fn load_changed(&self, policy: &Policy, text: &str) -> Result<Policy, Failure> {
        let (place, _) = self.own_file(policy)?;
        let edited = BTreeMap::from([(place, text.to_owned())]);
        Ok(self.root.load_edited(&self.name, edited)?)
    }

    /// The ruleset, if the file is a compiled one.
    fn load_compiled(&self) -> Result<Option<Ruleset>, Failure> {
        if self.name.starts_with("pack:") {
            return Ok(None);
        }
        let Some(bytes) = compiled_bytes(Path::new(&self.name))? else { return Ok(None) };
        let fixed = [("--shadow", !self.shadow.is_empty()), ("--root", self.root.root.is_some())];
        if let Some((option, _)) = fixed.into_iter().find(|(_, set)| *set) {
            return Err(Failure::input(format!(
                "`{}` is a compiled ruleset, in which {option} can change nothing; \
                 give the option to `tamis compile`",
                self.name
            )));
        }
        let ruleset = Ruleset::from_bytes(&bytes);
        ruleset.map(Some).map_err(|error| Failure::input(format!("`{}` {error}", self.name)))
    }
}

/// What the file holds, if it begins as compiled rulesets do. What cannot be read is left
/// to those who read policies.
fn compiled_bytes(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    // Asked by path first: opening a pipe would wait for its other end.
    if !path.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let Ok(mut file) = File::open(path) else { return Ok(None) };
    let mut bytes = Vec::new();
    let start = (&mut file).take(64).read_to_end(&mut bytes);
    if start.is_err() || !Ruleset::is_compiled(&bytes) {
        return Ok(None);
    }
    file.read_to_end(&mut bytes).map_err(|error| Failure::read(path, &error))?;
    Ok(Some(bytes))
}

/// The action called `name`.
pub(crate) fn action(ruleset: &Ruleset, name: &str) -> Result<ActionId, Failure> {
    ruleset.action_id(name).ok_or_else(|| {
        let actions: Vec<_> = ruleset.actions().collect();
        Failure::input(format!(
            "the policy has no action `{name}`; its actions are: {}",
            actions.join(", ")
        ))
    })
}

/// The action from which on a label counts as predicted: the one of `--at`, or the second.
pub(crate) fn predicting_action(ruleset: &Ruleset, at: Option<&str>) -> Result<ActionId, Failure> {
    let action = at.map_or(Ok(ActionId(1)), |name| action(ruleset, name))?;
    if action == ActionId(0) {
        return Err(Failure::input(
            "--at needs an action above the first: every document has that",
        ));
    }
    Ok(action)
}

/// Today's date, in UTC.
pub(crate) fn today() -> Date {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Date::from_unix(now.map_or(0, |time| time.as_secs()))
}
