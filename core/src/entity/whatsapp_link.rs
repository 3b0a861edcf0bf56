//! Links into `WhatsApp`.

use super::Doc;
use super::links::{self, Code, Site};

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

const SITES: [Site; 5] = [
    Site {
        host: "wa.me",
        paths: &[("", NUMBER), ("+", NUMBER), ("message/", CODE), ("qr/", CODE), ("c/", NUMBER)],
    },
    Site { host: "chat.whatsapp.com", paths: &[("", CODE)] },
    Site {
        host: "whatsapp.com",
        paths: &[
            ("channel/", CODE),
            ("send?phone=", NUMBER),
            ("send/?phone=", NUMBER),
            ("send?phone=+", NUMBER),
        ],
    },
    Site { host: "whatsapp:/", paths: &[("send?phone=", NUMBER), ("send?phone=+", NUMBER)] },
    Site { host: "wa.link", paths: &[("", Code { shortest: 4, ..CODE })] },
];

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    links::find(text, &SITES, add);
}
