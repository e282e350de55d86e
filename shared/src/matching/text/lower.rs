//! Small letters. The library's own table knows 1 488 capitals one by one and weighs as much as all of the search; most of
//! them are in runs.

/// The small letter of a capital; what is none stays as it is. This is Unicode's mapping of single characters, so that `İ`
/// gives `i` without the dot above, which folding would drop.
pub(super) fn lower(c: char) -> char {
    match c {
        '\0'..='\u{7f}' => c.to_ascii_lowercase(),
        // Combining marks, from Hebrew to Myanmar, from the kana to Yi, and Hangul: no capitals, and many texts.
        '\u{300}'..='\u{36f}' | '\u{590}'..='\u{109f}' | '\u{2d00}'..='\u{a63f}' | '\u{ac00}'..='\u{fdff}' => c,
        // The small letters that most texts are made of: the tables below are long.
        'ß'..='ÿ' | 'ı' | 'ά'..='ώ' | 'а'..='џ' | 'ա'..='և' => c,
        'Ạ'..='ỿ' => small_beside(c, 'Ạ'),
        _ => in_run(c).or_else(|| beside(c)).or_else(|| alone(c)).unwrap_or(c),
    }
}

/// The first and the last of capitals in a row, and the small letter of the first.
#[rustfmt::skip]
const RUNS: [char; 117] = [
    'À', 'Ö', 'à', 'Ø', 'Þ', 'ø', 'Έ', 'Ί', 'έ', 'Α', 'Ρ', 'α', 'Σ', 'Ϋ', 'σ', 'Ͻ', 'Ͽ', 'ͻ', 'Ѐ', 'Џ', 'ѐ',
    'А', 'Я', 'а', 'Ա', 'Ֆ', 'ա', 'Ⴀ', 'Ⴥ', 'ⴀ', 'Ꭰ', 'Ꮿ', 'ꭰ', 'Ᏸ', 'Ᏽ', 'ᏸ', 'Ა', 'Ჺ', 'ა', 'Ჽ', 'Ჿ', 'ჽ',
    'Ἀ', 'Ἇ', 'ἀ', 'Ἐ', 'Ἕ', 'ἐ', 'Ἠ', 'Ἧ', 'ἠ', 'Ἰ', 'Ἷ', 'ἰ', 'Ὀ', 'Ὅ', 'ὀ', 'Ὠ', 'Ὧ', 'ὠ', 'ᾈ', 'ᾏ', 'ᾀ',
    'ᾘ', 'ᾟ', 'ᾐ', 'ᾨ', 'ᾯ', 'ᾠ', 'Ὲ', '\u{1fcb}', 'ὲ', '\u{2160}', '\u{216f}', '\u{2170}',
    '\u{24b6}', '\u{24cf}', '\u{24d0}', 'Ⰰ', 'Ⱟ', 'ⰰ', 'Ａ', 'Ｚ', 'ａ', '\u{10400}', '\u{10427}', '\u{10428}',
    '\u{104b0}', '\u{104d3}', '\u{104d8}', '\u{10570}', '\u{1057a}', '\u{10597}',
    '\u{1057c}', '\u{1058a}', '\u{105a3}', '\u{1058c}', '\u{10592}', '\u{105b3}',
    '\u{10c80}', '\u{10cb2}', '\u{10cc0}', '\u{10d50}', '\u{10d65}', '\u{10d70}',
    '\u{118a0}', '\u{118bf}', '\u{118c0}', '\u{16e40}', '\u{16e5f}', '\u{16e60}',
    '\u{16ea0}', '\u{16eb8}', '\u{16ebb}', '\u{1e900}', '\u{1e921}', '\u{1e922}',
];

/// The first capital and the last small letter of rows where each capital stands right before its small letter.
#[rustfmt::skip]
const BESIDE: [char; 70] = [
    'Ā', 'į', 'Ĳ', 'ķ', 'Ĺ', 'ň', 'Ŋ', 'ŷ', 'Ź', 'ž', 'Ƃ', 'ƅ', 'Ơ', 'ƥ', 'Ƴ', 'ƶ', 'ǋ', 'ǜ', 'Ǟ', 'ǯ', 'ǲ', 'ǵ',
    'Ǹ', 'ȟ', 'Ȣ', 'ȳ', 'Ɇ', 'ɏ', 'Ͱ', 'ͳ', 'Ϙ', 'ϯ', 'Ѡ', 'ҁ', 'Ҋ', 'ҿ', 'Ӂ', 'ӎ', 'Ӑ', 'ԯ', 'Ḁ', 'ẕ',
    'Ⱨ', 'ⱬ', 'Ⲁ', 'ⳣ', 'Ⳬ', 'ⳮ', 'Ꙁ', 'ꙭ', 'Ꚁ', 'ꚛ', 'Ꜣ', 'ꜯ', 'Ꜳ', 'ꝯ', 'Ꝺ', 'ꝼ', 'Ꝿ', 'ꞇ', 'Ꞑ', 'ꞓ', 'Ꞗ', 'ꞩ',
    'Ꞵ', 'ꟃ', 'Ꟈ', 'ꟊ', 'Ꟍ', 'ꟛ',
];

/// Each of the others, followed by its small letter.
const ALONE: &str = "\
İiŸÿƁɓƆɔƇƈƉɖƊɗƋƌƎǝƏəƐɛƑƒƓɠƔɣƖɩƗɨƘƙƜɯƝɲƟɵƦʀƧƨƩʃƬƭƮʈƯưƱʊƲʋƷʒƸƹƼƽǄǆǅǆǇǉǈǉǊǌǱǳǶƕǷƿȠƞȺⱥȻȼȽƚȾⱦɁɂɃƀɄʉɅʌͶͷͿϳ\
ΆάΌόΎύΏώϏϗϴθϷϸϹϲϺϻӀӏჇⴧჍⴭᲉᲊẞßὙὑὛὓὝὕὟὗᾸᾰᾹᾱᾺὰ\u{1fbb}\u{1f71}ᾼᾳῌῃῘῐῙῑῚὶ\u{1fdb}\u{1f77}ῨῠῩῡῪὺ\u{1feb}\u{1f7b}ῬῥῸὸ\u{1ff9}\u{1f79}Ὼὼ\u{1ffb}\u{1f7d}ῼῳ\u{2126}ω\u{212a}k\u{212b}åℲⅎↃↄⱠⱡⱢɫⱣᵽⱤɽⱭɑⱮɱⱯɐ\
ⱰɒⱲⱳⱵⱶⱾȿⱿɀⳲⳳꝽᵹꞋꞌꞍɥꞪɦꞫɜꞬɡꞭɬꞮɪꞰʞꞱʇꞲʝꞳꭓꟄꞔꟅʂꟆᶎꟋɤꟜƛꟵꟶ\
\u{10594}\u{105bb}\u{10595}\u{105bc}";

fn in_run(c: char) -> Option<char> {
    RUNS.chunks_exact(3).find_map(|run| match run {
        [first, last, small] if (first..=last).contains(&&c) => {
            char::from_u32(u32::from(*small) + u32::from(c) - u32::from(*first))
        }
        _ => None,
    })
}

fn beside(c: char) -> Option<char> {
    BESIDE.chunks_exact(2).find_map(|row| match row {
        [first, last] if (first..=last).contains(&&c) => Some(small_beside(c, *first)),
        _ => None,
    })
}

/// In a row that begins with this capital.
fn small_beside(c: char, first: char) -> char {
    let is_small = (u32::from(c) - u32::from(first)) % 2;
    char::from_u32(u32::from(c) + 1 - is_small).unwrap_or(c)
}

fn alone(c: char) -> Option<char> {
    let mut letters = ALONE.chars();
    while let (Some(capital), Some(small)) = (letters.next(), letters.next()) {
        if capital == c {
            return Some(small);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::lower;

    /// A library of another version of Unicode may know a letter more, or less.
    const UNICODE: u8 = 17;

    #[test]
    fn small_letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            let (ours, library) = (lower(c), c.to_lowercase().next().unwrap_or(c));
            let is_new = char::UNICODE_VERSION.0 != UNICODE && (ours == c || library == c);
            assert!(ours == library || is_new, "{c} U+{:04x}: {ours}, not {library}", u32::from(c));
        }
    }
}
