//! Labels in the ASCII form of international names: `xn--…` (RFC 3492).

/// The most letters of a label, in either form.
pub(super) const MAX: usize = 63;

/// A decoded label, on the stack.
#[derive(Debug)]
pub(super) struct Decoded {
    text: [u8; MAX * 4],
    len: usize,
}

impl Decoded {
    pub(super) fn as_str(&self) -> &str {
        // Written by `decode` from whole characters.
        std::str::from_utf8(&self.text[..self.len]).unwrap_or_default()
    }
}

/// The letters behind `xn--`, if `label` is in that form.
pub(super) fn strip(label: &[u8]) -> Option<&[u8]> {
    let (prefix, rest) = label.split_at_checked(4)?;
    prefix.eq_ignore_ascii_case(b"xn--").then_some(rest)
}

/// Decodes the letters behind `xn--`. None when they are not what an encoder writes.
pub(super) fn decode(letters: &[u8]) -> Option<Decoded> {
    let mut chars = ['\0'; MAX];
    let mut len = 0;
    let (basic, extended) = match letters.iter().rposition(|&b| b == b'-') {
        Some(at) => (&letters[..at], &letters[at + 1..]),
        None => (&letters[..0], letters),
    };
    for &b in basic {
        *chars.get_mut(len)? = char::from(b).to_ascii_lowercase();
        len += 1;
    }
    let (mut code, mut index, mut bias) = (128u32, 0u32, 72);
    let mut rest = extended.iter();
    while !rest.as_slice().is_empty() {
        let delta = number(&mut rest, bias)?;
        let count = len as u32 + 1;
        bias = adapt(delta, count, index == 0 && code == 128);
        index = index.checked_add(delta)?;
        code = code.checked_add(index / count)?;
        index %= count;
        let c = char::from_u32(code)?;
        if len == MAX {
            return None;
        }
        chars.copy_within(index as usize..len, index as usize + 1);
        chars[index as usize] = c;
        len += 1;
        index += 1;
    }
    Some(encode_utf8(&chars[..len]))
}

/// One number of variable length.
fn number(rest: &mut std::slice::Iter<'_, u8>, bias: u32) -> Option<u32> {
    let (mut value, mut weight, mut k) = (0u32, 1u32, 36u32);
    loop {
        let digit = match rest.next()? {
            b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
            b if b.is_ascii_alphabetic() => u32::from(b.to_ascii_lowercase() - b'a'),
            _ => return None,
        };
        value = value.checked_add(digit.checked_mul(weight)?)?;
        let threshold = k.saturating_sub(bias).clamp(1, 26);
        if digit < threshold {
            return Some(value);
        }
        weight = weight.checked_mul(36 - threshold)?;
        k += 36;
    }
}

fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

fn encode_utf8(chars: &[char]) -> Decoded {
    let mut decoded = Decoded { text: [0; MAX * 4], len: 0 };
    for c in chars {
        decoded.len += c.encode_utf8(&mut decoded.text[decoded.len..]).len();
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::{decode, strip};

    fn text(label: &str) -> Option<String> {
        decode(strip(label.as_bytes())?).map(|decoded| decoded.as_str().to_owned())
    }

    #[test]
    fn labels_decode() {
        let pairs = [
            ("xn--bcher-kva", "bücher"),
            ("XN--MNCHEN-3YA", "münchen"),
            ("xn--80ak6aa92e", "аррӏе"),
            ("xn--fiqs8s", "中国"),
            ("xn--p1ai", "рф"),
            ("xn--e1afmkfd", "пример"),
        ];
        for (label, decoded) in pairs {
            assert_eq!(text(label).as_deref(), Some(decoded));
        }
    }

    #[test]
    fn wrong_labels_are_refused() {
        for label in ["bcher-kva", "xn--99999999", "xn--a-é", "xn--\u{FF}", "xn--zzzzzzzzzzzzzz"] {
            assert_eq!(text(label), None, "{label}");
        }
    }
}
