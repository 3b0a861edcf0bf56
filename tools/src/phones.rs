//! The numbering plans of the world as one small automaton over digits.
//!
//! The patterns of libphonenumber speak of finitely many digit strings, so the
//! automaton has no cycles, and states that accept the same strings can be
//! stored once for all countries.

use std::collections::HashMap;
use std::fmt::Write as _;

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor};
use regex_automata::Anchored;
use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};

use crate::rust_source::{DATA_FILE, array};

/// No state: the number cannot go on so.
const DEAD: u16 = 0;
/// The longest national number of any plan, as E.164 has it.
const LONGEST: usize = 17;

/// The next states by digit, and whether a number may end here.
type State = ([u16; 10], bool);

/// The automaton of all plans and where each plan starts.
#[derive(Debug)]
pub(crate) struct Plans {
    states: Vec<State>,
    known: HashMap<State, u16>,
    /// Region, calling code, trunk prefix, start.
    regions: Vec<(String, u16, String, u16)>,
}

impl Plans {
    /// Builds the automaton from the linked metadata.
    pub(crate) fn new() -> Self {
        let dead: State = ([DEAD; 10], false);
        let mut plans =
            Self { states: vec![dead], known: HashMap::from([(dead, DEAD)]), regions: Vec::new() };
        let mut metadata: Vec<&Metadata> = DATABASE.iter().collect();
        metadata.sort_by_key(|plan| (plan.country_code(), plan.id().to_owned()));
        for plan in metadata {
            let start = plans.add(plan);
            let trunk = plan.national_prefix().unwrap_or_default().to_owned();
            plans.regions.push((plan.id().to_owned(), plan.country_code(), trunk, start));
        }
        plans
    }

    /// Adds the numbers of one plan and returns where they start.
    fn add(&mut self, plan: &Metadata) -> u16 {
        let patterns: Vec<String> =
            kinds(plan).map(|kind| format!("(?:{})", kind.national_number().as_str())).collect();
        if patterns.is_empty() {
            return DEAD;
        }
        let pattern = format!("(?:{})\\z", patterns.join("|"));
        let dfa = dense::Builder::new()
            .configure(dense::Config::new().start_kind(StartKind::Anchored))
            .syntax(syntax::Config::new().ignore_whitespace(true).unicode(false).utf8(false))
            .thompson(regex_automata::nfa::thompson::Config::new().utf8(false))
            .build(&pattern)
            .expect("a pattern of the metadata compiles");
        let start = dfa
            .start_state(&start::Config::new().anchored(Anchored::Yes))
            .expect("an anchored start");
        self.copy(&dfa, start, 0, &mut HashMap::new())
    }

    /// Copies what can be reached from `from` by digits; equal states are shared.
    fn copy(
        &mut self,
        dfa: &dense::DFA<Vec<u32>>,
        from: StateID,
        depth: usize,
        seen: &mut HashMap<StateID, u16>,
    ) -> u16 {
        if let Some(&state) = seen.get(&from) {
            return state;
        }
        assert!(depth <= LONGEST, "a plan without an end");
        let mut next = [DEAD; 10];
        for (digit, slot) in (b'0'..).zip(&mut next) {
            let to = dfa.next_state(from, digit);
            if !dfa.is_dead_state(to) {
                *slot = self.copy(dfa, to, depth + 1, seen);
            }
        }
        let accepts = dfa.is_match_state(dfa.next_eoi_state(from));
        let state = self.state((next, accepts));
        seen.insert(from, state);
        state
    }

    fn state(&mut self, state: State) -> u16 {
        if let Some(&known) = self.known.get(&state) {
            return known;
        }
        let id = u16::try_from(self.states.len()).expect("fewer than 65,536 states");
        self.states.push(state);
        self.known.insert(state, id);
        id
    }

    /// The tables as Rust source.
    pub(crate) fn source(&self) -> String {
        let mut out = String::from(DATA_FILE);
        out.push_str("\n/// Region, calling code, trunk prefix, first state; by calling code.\n");
        let count = self.regions.len();
        writeln!(out, "pub(crate) static REGIONS: [(&str, u16, &str, u16); {count}] = [")
            .expect("writing to a string");
        for (region, code, trunk, start) in &self.regions {
            writeln!(out, "({region:?},{code},{trunk:?},{start}),").expect("writing to a string");
        }
        out.push_str("];\n");
        let next = self.states.iter().flat_map(|(next, _)| next).copied();
        let next: Vec<u16> = next.collect();
        array(
            &mut out,
            "The next state by state and digit; 0 is none.",
            "NEXT",
            "u16",
            next.iter(),
        );
        let words = self.states.chunks(64).map(|states| {
            let bit = |(at, state): (usize, &State)| u64::from(state.1) << at;
            states.iter().enumerate().map(bit).fold(0, |word, bit| word | bit)
        });
        let words: Vec<u64> = words.collect();
        array(&mut out, "Whether a number may end in a state.", "ENDS", "u64", words.iter());
        out
    }

    /// What the tables occupy in the compiled library.
    pub(crate) fn bytes(&self) -> usize {
        self.states.len() * 20 + self.states.len() / 8 + self.regions.len() * 40
    }
}

#[cfg(test)]
impl Plans {
    /// True when `number` is a national number of `region`.
    pub(crate) fn accepts(&self, region: &str, number: &str) -> bool {
        let row = self.regions.iter().find(|row| row.0 == region).expect("a region");
        let step = |state: u16, b: u8| self.states[usize::from(state)].0[usize::from(b - b'0')];
        let state = number.bytes().fold(row.3, step);
        self.states[usize::from(state)].1
    }
}

/// The descriptors of numbers that people write down. A short code is not one.
pub(crate) fn kinds(plan: &Metadata) -> impl Iterator<Item = &Descriptor> {
    let all = plan.descriptors();
    let kinds = [
        all.fixed_line(),
        all.mobile(),
        all.toll_free(),
        all.premium_rate(),
        all.shared_cost(),
        all.personal_number(),
        all.voip(),
        all.pager(),
        all.uan(),
        all.voicemail(),
    ];
    kinds.into_iter().flatten()
}
