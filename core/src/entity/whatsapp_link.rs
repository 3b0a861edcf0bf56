//! Links into WhatsApp.

use super::Doc;
use super::links::{self, Code, Form};

pub(super) const DOC: Doc = Doc {
    name: "whatsapp_link",
    what: "A link to a WhatsApp chat, group or channel: `wa.me/NUMBER`, `chat.whatsapp.com/CODE`, \
           `whatsapp.com/channel/CODE`, `api.whatsapp.com/send?phone=NUMBER`, `whatsapp://send` \
           and `wa.link/CODE`; the host also defanged or with look-alike letters.",
    example: "{ entity: whatsapp_link }",
    regions: &[],
    valid: &[
        ("https://wa.me/12125550100?text=hi", &["https://wa.me/12125550100?text=hi"]),
        (
            "chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv now",
            &["chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"],
        ),
        (
            "https://www.whatsapp.com/channel/0029VaAbCdEfGhIjKl",
            &["https://www.whatsapp.com/channel/0029VaAbCdEfGhIjKl"],
        ),
        ("api.whatsapp.com/send?phone=12125550100", &["api.whatsapp.com/send?phone=12125550100"]),
        ("whatsapp://send?phone=12125550100", &["whatsapp://send?phone=12125550100"]),
        ("wa(.)me/+12125550100", &["wa(.)me/+12125550100"]),
        ("wa.me/message/ABCDEFGH1234", &["wa.me/message/ABCDEFGH1234"]),
    ],
    invalid: &["wa.me/", "wa.me/123", "wa.me/12345678901234567", "chat.whatsapp.com/short"],
    look_alike: &[
        "whatsapp.com/download",
        "faq.whatsapp.com/general",
        "iowa.me/12125550100",
        "wa.meadow/12125550100",
    ],
};

const NUMBER: Code = Code { signs: b"", letters: false, shortest: 7, longest: 15, reserved: &[] };
const CODE: Code = Code { signs: b"-_", letters: true, shortest: 10, longest: 64, reserved: &[] };

const fn form(host: &'static str, prefix: &'static str, code: Code) -> Form {
    Form { host, prefix, code }
}

const FORMS: [Form; 13] = [
    form("wa.me", "", NUMBER),
    form("wa.me", "+", NUMBER),
    form("wa.me", "message/", CODE),
    form("wa.me", "qr/", CODE),
    form("wa.me", "c/", NUMBER),
    form("chat.whatsapp.com", "", CODE),
    form("whatsapp.com", "channel/", CODE),
    form("whatsapp.com", "send?phone=", NUMBER),
    form("whatsapp.com", "send/?phone=", NUMBER),
    form("whatsapp.com", "send?phone=+", NUMBER),
    form("whatsapp:/", "send?phone=", NUMBER),
    form("whatsapp:/", "send?phone=+", NUMBER),
    form("wa.link", "", Code { shortest: 4, ..CODE }),
];

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    links::find(text, &FORMS, add);
}
