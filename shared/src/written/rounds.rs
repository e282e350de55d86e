//! Each article takes, a few at a time, the proposals that bring most. These change how much the others are still worth, so the index is
//! made anew in between.

use super::pull::Pull;
use super::trial::{Standing, Trial};
use super::with_kept::is_bare;
use super::words::Candidate;
use super::{Kind, Verdict};
use crate::matching::Index;

/// Keywords come first, since they bring half of the gain for a tenth of the bytes. Each kind is taken in a number of rounds, an even part
/// of what there is in each.
const ROUNDS: [(Kind, usize); 2] = [(Kind::Keyword, 2), (Kind::Question, 4)];
/// What a proposal has to bring to an article that has a text, in words that it alone has: its words are many already, and each further
/// one makes it stand before others a little more often, also where nobody has asked. It is about one other text that does not find it.
const LEAST_TO_TEXT: f32 = 0.7;
/// An article that stands among the first three is suggested.
const SHOWN: usize = 3;

/// What is kept by what it brings, whatever its price, and what becomes of the rest.
pub(super) async fn chosen(trial: &Trial<'_>) -> Standing {
    let decided = trial.field.candidates.iter().map(|candidate| candidate.as_ref().err().cloned());
    let mut standing: Standing = decided.collect();
    for (kind, rounds) in ROUNDS {
        let many = offered(trial, &standing, kind);
        for round in 1..=rounds {
            let Some(pull) = pulled(trial, &standing).await else { return standing };
            let mut taken = vec![0; trial.docs.len()];
            for (number, doc) in by_gain(trial, &standing, &pull, kind) {
                let (Some(taken), Some(many)) = (taken.get_mut(doc), many.get(doc)) else { continue };
                if (*taken < many.div_ceil(rounds) || round == rounds)
                    && let Some(verdict) = standing.get_mut(number)
                {
                    *taken += 1;
                    *verdict = Some(Verdict::KeptAsWords);
                }
            }
        }
    }
    if let Some(pull) = pulled(trial, &standing).await {
        explain(trial, &mut standing, &pull);
    }
    standing
}

/// How many proposals of a kind each document has.
fn offered(trial: &Trial<'_>, standing: &Standing, kind: Kind) -> Vec<usize> {
    let mut many = vec![0usize; trial.docs.len()];
    for ((candidate, proposal), verdict) in trial.field.candidates.iter().zip(trial.proposals).zip(standing) {
        if let (Ok(candidate), None) = (candidate, verdict)
            && proposal.kind == kind
            && let Some(many) = many.get_mut(candidate.doc)
        {
            *many += 1;
        }
    }
    many
}

/// What all that is asked says of an index with what is kept so far.
pub(super) async fn pulled(trial: &Trial<'_>, standing: &Standing) -> Option<Pull> {
    let index = Index::open(trial.compiled(standing).await).ok()?;
    Some(Pull::of(trial, &index).await)
}

/// The open proposals of a kind that bring enough, with their documents, best first; equals in their order.
fn by_gain(trial: &Trial<'_>, standing: &Standing, pull: &Pull, kind: Kind) -> Vec<(usize, usize)> {
    let mut gains = open(trial, standing, pull);
    gains.retain(|(gain, number, candidate)| {
        *gain > least(trial, candidate) && trial.proposals.get(*number).is_some_and(|proposal| proposal.kind == kind)
    });
    gains.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    gains.into_iter().map(|(_, number, candidate)| (number, candidate.doc)).collect()
}

/// What a proposal has to bring more than.
fn least(trial: &Trial<'_>, candidate: &Candidate) -> f32 {
    if trial.docs.get(candidate.doc).is_some_and(is_bare) { 0.0 } else { LEAST_TO_TEXT * trial.field.rarest() }
}

/// The open proposals, each with what it brings.
fn open<'a>(trial: &Trial<'a>, standing: &Standing, pull: &Pull) -> Vec<(f32, usize, &'a Candidate)> {
    let has = trial.field.with(|number| matches!(standing.get(number), Some(Some(verdict)) if verdict.is_kept()));
    let candidates = trial.field.candidates.iter().zip(standing).enumerate();
    let open = candidates.filter_map(|(number, (candidate, verdict))| {
        let candidate = candidate.as_ref().ok().filter(|_| verdict.is_none())?;
        Some((pull.gain(trial, number, candidate, has.get(candidate.doc)?), number, candidate))
    });
    open.collect()
}

/// Why each that is still open is not kept.
fn explain(trial: &Trial<'_>, standing: &mut Standing, pull: &Pull) {
    for (gain, number, _) in open(trial, standing, pull) {
        let place = trial.asked.of_proposal.get(number).copied().flatten();
        let Some(found) = place.and_then(|place| pull.found.get(place)) else { continue };
        let is_shown = found.places.iter().all(|place| place.is_some_and(|place| place < SHOWN));
        let other = found.other.and_then(|doc| trial.docs.get(doc));
        if let Some(verdict) = standing.get_mut(number) {
            *verdict = Some(match other {
                _ if is_shown => Verdict::AlreadyFound,
                _ if gain > 0.0 => Verdict::TooDear,
                Some(other) => Verdict::NearerTo(other.id.clone()),
                None => Verdict::SaysNothing,
            });
        }
    }
}
