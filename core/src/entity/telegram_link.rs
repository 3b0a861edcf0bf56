//! Links into Telegram.

use super::Doc;
use super::links::{self, Code, Site};

pub(super) const DOC: Doc = Doc {
    name: "telegram_link",
    what: "A link to a Telegram user, group, channel or bot: `t.me/NAME`, `t.me/+CODE`, \
           `t.me/joinchat/CODE`, the same on `telegram.me` and `telegram.dog`, and `tg://` links; \
           the host also defanged or with look-alike letters. Links that share a page are none.",
    example: "{ entity: telegram_link }",
    regions: &[],
    valid: &[
        ("add me: https://t.me/some_name.", &["https://t.me/some_name"]),
        ("t.me/+AbCdEfGh12345678", &["t.me/+AbCdEfGh12345678"]),
        ("telegram.me/joinchat/AbCdEfGh12345678", &["telegram.me/joinchat/AbCdEfGh12345678"]),
        ("t[.]me/example_bot?start=1", &["t[.]me/example_bot?start=1"]),
        ("tg://resolve?domain=example_bot", &["tg://resolve?domain=example_bot"]),
        ("т.me/example", &["т.me/example"]),
        ("t.me/s/example", &["t.me/s/example"]),
    ],
    invalid: &["t.me/", "t.me/ab", "t.me/+", "tg://resolve?domain=", "t.me/joinchat/a"],
    look_alike: &[
        "t.me/share/url?url=x",
        "bot.mes/example",
        "at.me/example",
        "don't.me/example",
        "t.mecca/x",
    ],
};

const NAME: Code = Code {
    signs: b"_",
    letters: true,
    shortest: 4,
    longest: 32,
    reserved: &[
        "share",
        "proxy",
        "socks",
        "addstickers",
        "addemoji",
        "setlanguage",
        "login",
        "joinchat",
    ],
};
const INVITATION: Code =
    Code { signs: b"-_", letters: true, shortest: 8, longest: 64, reserved: &[] };

const SITES: [Site; 4] = [
    Site {
        host: "t.me",
        paths: &[
            ("", NAME),
            ("+", INVITATION),
            ("joinchat/", INVITATION),
            ("s/", NAME),
            ("c/", Code { letters: false, shortest: 4, ..NAME }),
        ],
    },
    Site {
        host: "telegram.me",
        paths: &[("", NAME), ("+", INVITATION), ("joinchat/", INVITATION)],
    },
    Site { host: "telegram.dog", paths: &[("", NAME), ("joinchat/", INVITATION)] },
    Site { host: "tg:/", paths: &[("resolve?domain=", NAME), ("join?invite=", INVITATION)] },
];

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    links::find(text, &SITES, add);
}
