//! Digits and symbols for letters.

use super::ops::{by_character, by_text};
use super::{ANY, Common};
use crate::kind::Kind;
use crate::transform::{Stage, Transform};

const LEET: Common = Common { kinds: &[Kind::Leet], stage: Stage::Letters, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    LEET.with(
        "leet-digits",
        "digits",
        by_character,
        "\
        a4 b8 e3 g96 i1 l1 o0 s5 t7 z2 а4 б6 в8 з3 о0 ч4 е3 ο0 ε3",
    ),
    LEET.with(
        "leet-symbols",
        "symbols",
        by_character,
        "a@ c( e€ i! l| s$ t+ x% а@ с$( о0 і! ι! σ0",
    ),
    LEET.with(
        "leet-mixed",
        "digits and symbols",
        by_character,
        "\
        a4@ b8 c( e3€ g96 h# i1!| l1| o0 s5$ t7+ z2 а4@ б6 в8 е3 з3 о0 с( ч4 ο0 ε3 α@",
    ),
    LEET.with(
        "leet-several",
        "several characters a letter",
        by_text,
        r"
        a/\ a/-\ b|3 d|) d[) f|= h|-| h#  k|< k|{ l|_ m|\/| m/\/\ m|V| n|\| n/\/ o() o[] p|> r|2
        u|_| u(_) v\/ w\/\/ w\^/ x>< y`/ c<
        о() х>< л/\ и|/| п|7 ж>|< ш|_|_| м|\/| κ|< λ/\ ν\/ χ>< ο()",
    ),
    LEET.with(
        "leet-emoji",
        "emoji in the shape of letters",
        by_text,
        "\
        x❌ x✖️ o⭕ i❗ t✝️ s💲 v✔️ p🅿️ о⭕ х❌",
    ),
    LEET.kinds(&[Kind::Leet, Kind::Forms]).with(
        "leet-keycap",
        "digits on keycaps",
        by_text,
        "\
        a4️⃣ b8️⃣ e3️⃣ g6️⃣ i1️⃣ l1️⃣ o0️⃣ s5️⃣ t7️⃣ z2️⃣ о0️⃣ з3️⃣ ч4️⃣ б6️⃣",
    ),
    LEET.kinds(&[Kind::Leet, Kind::Styled]).with(
        "leet-circled",
        "circled and styled digits",
        by_character,
        "\
        a④𝟒４ b⑧𝟖８ e③𝟑３ g⑥𝟔６ i①𝟏１ o⓪𝟎０ s⑤𝟓５ t⑦𝟕７ z②𝟐２ о⓪𝟎０ з③𝟑３ ч④𝟒４",
    ),
    LEET.kinds(&[Kind::Leet, Kind::Styled]).with(
        "leet-dingbat",
        "digits in ornamental circles, and of a calculator",
        by_character,
        "\
        a❹➃➍🯴 b❽➇➑🯸 e❸➂➌🯳 g❻➅➏🯶 i❶➀➊🯱 l❶➀➊🯱 o⓿🯰 s❺➄➎🯵 t❼➆➐🯷 z❷➁➋🯲 о⓿🯰 з❸➂🯳 ч❹➃🯴",
    ),
    LEET.kinds(&[Kind::Leet, Kind::Forms]).with(
        "leet-fullwidth",
        "full-width symbols",
        by_character,
        "\
        a＠ s＄ i！ l｜ t＋ x％ c（ h＃ а＠ с（",
    ),
];
