//! Letters of other alphabets that look the same, or nearly so.

use super::ops::by_character;
use super::{ANY, Common};
use crate::kind::Kind;
use crate::transform::{Stage, Transform};

const LOOKALIKES: Common =
    Common { kinds: &[Kind::Lookalikes], stage: Stage::Letters, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    LOOKALIKES.with("lookalike-cyrillic", "Cyrillic letters of the same shape", by_character, "\
        aаА bВ cсС dԁ eеЕ hһН iіІ jјЈ kК lӀ mМ oоО pрР qԛ sѕЅ tТ vѵ wԝ xхХ yуУ"),
    LOOKALIKES.with("lookalike-cyrillic-rough", "Cyrillic letters of a similar shape", by_character, "\
        aа bьЬв cс dԁ eеє gԍ hһнћ iі jј kкҝ lӏ mм nпл oо pр rгя sѕ tт uцч vѵ wшщ xхж yуү zз"),
    LOOKALIKES.with("lookalike-greek", "Greek letters", by_character, "\
        aαΑ bβΒ cϲ dδ eεΕ hηΗ iιΙ jϳ kκΚ mΜ nηΝ oοσΟ pρΡ tτΤ uυμ vν wω xχΧ yγΥ zζΖ"),
    LOOKALIKES.with("lookalike-cherokee", "Cherokee letters", by_character, "\
        aᎪ bᏴᏏ cᏟ dᎠ eᎬ gᏀᏳ hᎻᏂ iᎥ jᎫ kᏦ lᏞ mᎷ pᏢ rᎡᏒ sᏚ tᎢ vᏙ wᎳ yᎩ zᏃ"),
    LOOKALIKES.with("lookalike-canadian", "Canadian syllabics", by_character, "\
        aᗩᗋ bᗷ cᑕ dᗪ eᕮ fᖴ gᘜ hᕼ iᓰ jᒍ lᒪ mᗰ nᑎ oᗝ pᑭ qᑫ rᖇ sᔕ tᖶ uᑌ vᐯ wᗯ xᕽ᙭ yᖻ zᗱ"),
    LOOKALIKES.with("lookalike-armenian", "Armenian letters", by_character, "\
        fք gց hհ jյ lլ nոռ oօ pք qզ sՏ uսՍ wա"),
    LOOKALIKES.with("lookalike-cjk", "Chinese, Japanese and Bopomofo characters", by_character, "\
        a卂 b乃 c匚 d刀 e乇モ f下 g厶 h卄ん i丨工 jフ k长 lㄥレ m爪 n几 o口ロ p卩ア qゐ r尺 s丂 t丅ㄒ uㄩ vᐯレ w山 x乂メ yㄚ丫 z乙"),
    LOOKALIKES.with("lookalike-currency", "signs of currencies", by_character, "\
        a₳ b฿ c₵¢ d₫ e€ f₣ƒ g₲ k₭ l₤ m₥ n₦ p₱ s$ t₮ w₩ y¥"),
    LOOKALIKES.with("lookalike-latin", "Latin letters with strokes and hooks", by_character, "\
        aⱥ bƀɓ cȼƈ dđɗ eɇ fƒ gǥɠ hħɦ iɨ jɉ kƙ lłƚ nɲŋ oøɵ pƥ qɋʠ rɍɽ sʂ tŧƭ uʉ vʋ xᶍ yɏƴ zƶȥ"),
    LOOKALIKES.with("lookalike-phonetic", "letters of the phonetic alphabet", by_character, "\
        aɑ bʙ dɖ eɘ gɡ hɦ iıɩ lɭ mɱ nɳ oɔ rɾ sʃ uʊ vʋ yʎ zʐ"),
    LOOKALIKES.with("lookalike-lisu", "Lisu letters", by_character, "\
        aꓮ bꓐ cꓚ dꓓ eꓰ fꓝ gꓖ hꓧ iꓲ jꓙ kꓗ lꓡ mꓟ nꓠ oꓳ pꓑ rꓣ sꓢ tꓔ uꓴ vꓦ wꓪ xꓫ yꓬ zꓜ"),
    LOOKALIKES.with("lookalike-coptic", "Coptic letters", by_character, "\
        aⲁⲀ bⲂ cⲥⲤ eⲉ hⲎ iⲓⲒ kⲕⲔ mⲘ nⲚ oⲟⲞ pⲣⲢ tⲧⲦ xⲭⲬ yⲨ zⲌ"),
    LOOKALIKES.with("lookalike-thai", "Thai and Lao letters", by_character, "\
        aคฅ b๒ dด໓ gງ iเ nกຖ o๏๐໐ rร uนບ vง wฬຟ yฯ"),
    LOOKALIKES.with("lookalike-mixed", "letters of any alphabet", by_character, "\
        aаα∂ᗩ bЬв cсϲ¢ dԁđ eеεє fƒ gɡ hһн iіι jј kкκ lӏℓ mмᗰ nпη oоοσ pрρ qԛ rгя sѕ tтτ uυμ vνѵ wωш xхχ yуγ zʐ"),
    LOOKALIKES.with("lookalike-to-latin", "Latin letters in a Cyrillic or Greek word", by_character, "\
        аaA вB еeE ёe кkK мM нH оoO рpP сcC тT уyY хxX іi јj ѕs ьb иu пn гr \
        αaA βB εeE ηn ιiI κkK μM νvN οoO ρpP τtT υuY χxX ζZ γy ωw"),
];
