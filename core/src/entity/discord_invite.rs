//! Invitations to Discord servers.

use super::links::{self, Code, Site};
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "discord_invite",
    what: "An invitation to a Discord server: `discord.gg/CODE`, `discord.com/invite/CODE` and \
           the services that forward to them, with or without a scheme; the host also \
           defanged or with look-alike letters; and the short form `.gg/CODE`.",
    example: "{ entity: discord_invite }",
    regions: &[],
    valid: &[
        ("join https://discord.gg/aBc123!", &["https://discord.gg/aBc123"]),
        ("discord.com/invite/some-server", &["discord.com/invite/some-server"]),
        ("www.discordapp.com/invite/abc123?event=1", &["www.discordapp.com/invite/abc123?event=1"]),
        ("dsc.gg/example", &["dsc.gg/example"]),
        ("d1scord(dot)gg/abc123", &["d1scord(dot)gg/abc123"]),
        ("ԁіѕсоrd.gg/abc123", &["ԁіѕсоrd.gg/abc123"]),
        ("join .gg/abc123", &[".gg/abc123"]),
    ],
    invalid: &["discord.gg/", "discord.com/invite/", "discord.gg/a", "discord.com/invites/abc123"],
    look_alike: &[
        "discord.com/channels/1/2",
        "notdiscord.gg/abc123",
        "discord.gg.example/abc123",
        "discord.com/developers",
        "well played.gg/wp",
        "my-discord.gg/abc123",
    ],
};

const CODE: Code = Code { signs: b"-_", letters: true, shortest: 2, longest: 64, reserved: &[] };

const SITES: [Site; 7] = [
    Site { host: "discord.gg", paths: &[("", CODE)] },
    Site { host: "discord.com", paths: &[("invite/", CODE)] },
    Site { host: "discordapp.com", paths: &[("invite/", CODE)] },
    Site { host: "dsc.gg", paths: &[("", CODE)] },
    Site { host: "discord.me", paths: &[("", CODE)] },
    Site { host: "discord.io", paths: &[("", CODE)] },
    Site { host: "invite.gg", paths: &[("", CODE)] },
];

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let mut last = 0;
    let mut add_both = |start: usize, end: usize| {
        short_forms(text, last, start, add);
        add(start, end);
        last = end;
    };
    links::find(text, &SITES, &mut add_both);
    short_forms(text, last, text.len(), add);
}

/// `.gg/CODE` in `from..to`, where a word could begin.
fn short_forms(text: &str, from: usize, to: usize, add: &mut impl FnMut(usize, usize)) {
    let bytes = &text.as_bytes()[..to];
    let mut at = from;
    while let Some(offset) = memchr::memchr(b'/', &bytes[at..]) {
        let slash = at + offset;
        at = slash + 1;
        let Some(start) = slash.checked_sub(3).filter(|&start| start >= from) else { continue };
        let stands_alone = text::ends_with(&bytes[..slash], b".gg")
            && text[..start].chars().next_back().is_none_or(char::is_whitespace);
        let code = bytes[at..].iter().take(33).take_while(|b| b.is_ascii_alphanumeric()).count();
        let end = at + code;
        if stands_alone && (4..=32).contains(&code) && text::closes(text, end) {
            add(start, end);
            at = end;
        }
    }
}
