//! What proposals may add to an index, and which of them go when it is more.

use super::Verdict;
use super::priced::{brought, price, travels};
use super::rounds::pulled;
use super::trial::{Standing, Trial};
use super::words::without;

/// How large an index may become by what a model wrote, in bytes as they travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// It may grow by this part of itself, in percent.
    pub percent: usize,
    /// Or up to this: bare titles make a small index, which needs the words most.
    pub small: usize,
}

impl Default for Budget {
    /// A tenth, or as much as a third of what a visitor's first open may load.
    fn default() -> Self {
        Self { percent: 10, small: 35_000 }
    }
}

impl Budget {
    /// The most that an index may weigh which weighs this without proposals.
    fn most(&self, alone: usize) -> usize {
        (alone + alone * self.percent / 100).max(self.small)
    }
}

/// How often the index is made anew with less; each time removes what is over by the estimate.
const ATTEMPTS: usize = 6;

/// What the index weighs without proposals, and the most that it may weigh with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    alone: usize,
    pub(super) most: usize,
}

impl Room {
    pub(super) async fn of(trial: &Trial<'_>, budget: Budget) -> Self {
        let alone = travels(&trial.compiled(&vec![None; trial.proposals.len()]).await);
        Self { alone, most: budget.most(alone) }
    }
}

/// Drops what brings least for its bytes until the rest fits.
pub(super) async fn trim(trial: &Trial<'_>, standing: &mut Standing, room: Room) {
    for _ in 0..ATTEMPTS {
        let now = travels(&trial.compiled(standing).await);
        if now <= room.most {
            return;
        }
        let part = (now - room.most) as f32 / now.saturating_sub(room.alone).max(1) as f32;
        drop_least(trial, standing, part).await;
    }
}

/// Drops this part of what all that is kept costs.
async fn drop_least(trial: &Trial<'_>, standing: &mut Standing, part: f32) {
    let Some(pull) = pulled(trial, standing).await else { return };
    let is_kept = |number: usize| matches!(standing.get(number), Some(Some(verdict)) if verdict.is_kept());
    let has = trial.field.with(is_kept);
    let brought = brought(trial, standing);
    let mut kept = Vec::new();
    for (number, candidate) in trial.field.candidates.iter().enumerate() {
        if let (Ok(candidate), true) = (candidate, is_kept(number)) {
            let price = price(trial, candidate, &brought);
            let without = has.get(candidate.doc).map(|has| without(has, candidate)).unwrap_or_default();
            let gain = pull.gain(trial, number, candidate, &without);
            kept.push((gain / price.max(f32::MIN_POSITIVE), price, number));
        }
    }
    kept.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
    let mut left = part * kept.iter().map(|(_, price, _)| price).sum::<f32>();
    for (_, price, number) in kept {
        if left <= 0.0 {
            break;
        }
        // What costs nothing saves nothing.
        if price > 0.0
            && let Some(verdict) = standing.get_mut(number)
        {
            *verdict = Some(Verdict::TooDear);
            left -= price;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_index_grows_by_a_tenth_and_a_small_one_up_to_a_size() {
        let budget = Budget { percent: 10, small: 35_000 };
        assert_eq!((budget.most(3_000), budget.most(34_000), budget.most(75_000)), (35_000, 37_400, 82_500));
    }
}
