//! Unicode's normal forms. The browser and the worker have them for nothing; elsewhere, where bytes do not travel, a library does.

/// The text composed, with compatibility forms as what they stand for (NFKC): `e` and an accent are `é`, `ﬁ` is `fi`.
#[cfg(target_arch = "wasm32")]
pub(super) fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}

/// The text with its accents as characters of their own (NFD).
#[cfg(target_arch = "wasm32")]
pub(super) fn decomposed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFD").into()
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(text).collect()
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) fn decomposed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfd(text).collect()
}

/// Whether a character by itself is written otherwise in normal form, or may be. Most texts have none of these. What folds by arithmetic
/// (full width, small letters of Hangul) is not among them.
pub(super) fn is_odd(c: char) -> bool {
    matches!(c,
        'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' | '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}'
        | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}' | '\u{3d0}'..='\u{3d6}' | '\u{3f0}'..='\u{3f9}' | '\u{587}'
        | '\u{675}'..='\u{678}' | '\u{958}'..='\u{95f}' | '\u{9dc}'..='\u{9df}' | '\u{a33}'..='\u{a36}' | '\u{a59}'..='\u{a5e}'
        | '\u{b5c}' | '\u{b5d}' | '\u{1d2c}'..='\u{1dbf}' | '\u{2070}'..='\u{209c}' | '\u{2100}'..='\u{211f}'
        | '\u{2121}' | '\u{2123}'..='\u{218b}' | '\u{2460}'..='\u{24ff}' | '\u{2e80}'..='\u{2fd5}' | '\u{3200}'..='\u{33ff}'
        | '\u{f900}'..='\u{fdff}' | '\u{fe30}'..='\u{fe6f}' | '\u{fe70}'..='\u{fefc}' | '\u{ff5f}'..='\u{ffdc}'
        | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f169}' | '\u{2f800}'..='\u{2fa1d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_those_of_unicode() {
        assert_eq!(composed("e\u{301}ﬁ①ﾊﾟ"), "éfi1パ");
        assert_eq!(decomposed("é"), "e\u{301}");
    }
}
