//! What the page tells of its visitor by calls: attributes, of which the last value counts, and what they have done, of which the last are kept.

use shared::protocol::{MAX_TOLD, MAX_TOLD_NAME, MAX_TOLD_VALUE, Told};

/// The most of what the visitor has done; the rest is for attributes.
const DONE: usize = MAX_TOLD / 2;

/// All of it, in the order in which it was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TellTale(Vec<Told>);

impl TellTale {
    /// Takes something. Longer texts are cut: a message is never refused for what the page has said.
    pub fn take(&mut self, name: &str, value: &str, done: bool) {
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let told = Told { name: cut(name, MAX_TOLD_NAME), value: cut(value, MAX_TOLD_VALUE), done };
        let same = self.0.iter().position(|other| !done && !other.done && other.name == told.name);
        if let Some(same) = same.and_then(|at| self.0.get_mut(at)) {
            *same = told;
            return;
        }
        self.0.push(told);
        let of_kind = self.0.iter().filter(|other| other.done == done).count();
        if of_kind > DONE
            && let Some(oldest) = self.0.iter().position(|other| other.done == done)
        {
            self.0.remove(oldest);
        }
    }

    /// As it travels with a message.
    pub fn all(&self) -> Vec<Told> {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_an_attribute_counts_and_the_last_that_was_done_is_kept() {
        let mut told = TellTale::default();
        told.take("plan", "free", false);
        told.take("plan", "pro", false);
        for number in 0..30 {
            told.take("viewed", &number.to_string(), true);
        }
        told.take(&"n".repeat(100), &"v".repeat(300), false);
        let all = told.all();
        assert_eq!(all.iter().filter(|one| one.done).count(), DONE);
        assert_eq!(all.iter().find(|one| one.done).unwrap().value, "10");
        assert_eq!(
            all.iter().filter(|one| !one.done).map(|one| one.value.len()).collect::<Vec<_>>(),
            [3, MAX_TOLD_VALUE]
        );
        assert!(all.len() <= MAX_TOLD && all.iter().all(|one| one.name.len() <= MAX_TOLD_NAME));
    }
}
