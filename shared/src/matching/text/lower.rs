//! Small letters. Those of living scripts follow from their capitals by a rule; the few others are asked of the platform, whose table
//! weighs as much as all of the search where it travels.

/// The small letter of a capital; what is none stays as it is. This is Unicode's mapping of single characters, so that `İ`
/// gives `i` without the dot above, which folding would drop.
pub(super) fn lower(c: char) -> char {
    match c {
        '\0'..='\u{7f}' => c.to_ascii_lowercase(),
        'İ' => 'i',
        'Ÿ' => 'ÿ',
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => behind(c, 0x20),
        'Ѐ'..='Џ' => behind(c, 0x50),
        'Ա'..='Ֆ' => behind(c, 0x30),
        // Each capital stands right before its small letter, the first of them at an even place,
        'Ā'..='į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' | 'Ș'..='ț' | 'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӑ'..='ԯ' | 'Ḁ'..='ẕ' | 'Ạ'..='ỿ' => {
            behind(c, u32::from(u32::from(c) % 2 == 0))
        }
        // or at an odd one.
        'Ĺ'..='ň' | 'Ź'..='ž' | 'Ӂ'..='ӎ' => behind(c, u32::from(c) % 2),
        // The other letters of Latin, Greek, Cyrillic and Armenian that are small; marks; and the scripts that have no capitals: from Hebrew
        // to Myanmar, in the south and the east.
        '\u{df}'..='\u{ff}'
        | 'ı'
        | 'ĸ'
        | 'ŉ'
        | 'ſ'
        | 'ά'..='ώ'
        | 'а'..='џ'
        | 'ա'..='և'
        | '\u{300}'..='\u{36f}'
        | '\u{590}'..='\u{109f}'
        | 'ა'..='ჿ'
        | '\u{1100}'..='\u{139f}'
        | '\u{1700}'..='\u{1c7f}'
        | '\u{2000}'..='\u{20ff}'
        | '\u{2e00}'..='\u{a63f}'
        | '\u{ac00}'..='\u{fdff}' => c,
        _ => by_platform(c),
    }
}

fn behind(c: char, distance: u32) -> char {
    char::from_u32(u32::from(c) + distance).unwrap_or(c)
}

#[cfg(target_arch = "wasm32")]
fn by_platform(c: char) -> char {
    let small: String = js_sys::JsString::from(c).to_lower_case().into();
    small.chars().next().unwrap_or(c)
}

#[cfg(not(target_arch = "wasm32"))]
fn by_platform(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn small_letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            let (ours, library) = (lower(c), c.to_lowercase().next().unwrap_or(c));
            assert_eq!(ours, library, "{c} U+{:04x}", u32::from(c));
        }
    }
}
