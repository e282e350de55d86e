//! Names as people would compare them.

use crate::matching::words;

/// A name without regard to case, accents and punctuation, for products, plans and kinds of company.
pub(super) fn label(text: &str) -> String {
    let folded: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
    folded.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_the_same_when_people_would_say_so() {
        assert_eq!(label("Pro–Plan"), label(" pro plan "));
        assert_ne!(label("pro"), label("professional"));
    }
}
