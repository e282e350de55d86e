//! Whether questions should be lessons of the model's judge, or words are enough. A model is a better judge of half a question, and
//! costs more than all the rest of an index.

use super::budget::Room;
use super::priced::travels;
use super::trial::{Standing, Trial};
use super::{Kind, Verdict};
use crate::matching::{Index, MAX_TAUGHT, are_enough, has_lessons};

/// A point is one in a hundred texts that finds its article among the first three. Its price in bytes, at most.
const BYTES_PER_POINT: f32 = 16_000.0;
/// To see what lessons bring, one question in three is left out and asked of an index of the others.
const PARTS: usize = 3;
/// Gains and losses differ by more than chance where the square of the difference is four times their sum: two deviations.
const SURE: f32 = 4.0;
const SHOWN: usize = 3;

/// Makes lessons of as many questions as fit into the budget, if they pay.
pub(super) async fn teach(trial: &Trial<'_>, standing: &mut Standing, room: Room) {
    let mut questions = questions(trial, standing);
    if !can_teach(trial, &questions) {
        return;
    }
    let bytes = trial.compiled(standing).await;
    let words = travels(&bytes);
    let Ok(index) = Index::open(bytes) else { return };
    for questions in &mut questions {
        spread(trial, &index, questions).await;
    }
    let Some((taught, bytes)) = fitting(trial, standing, &questions, words, room.most).await else { return };
    let points = points(trial, standing, &questions).await;
    if points * BYTES_PER_POINT >= bytes.saturating_sub(words) as f32 {
        *standing = taught;
    }
}

/// Per document the numbers of its kept questions.
fn questions(trial: &Trial<'_>, standing: &Standing) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); trial.docs.len()];
    for (number, (candidate, proposal)) in trial.field.candidates.iter().zip(trial.proposals).enumerate() {
        if let (Ok(candidate), Some(Some(Verdict::KeptAsWords))) = (candidate, standing.get(number))
            && proposal.kind == Kind::Question
            && let Some(questions) = all.get_mut(candidate.doc)
        {
            questions.push(number);
        }
    }
    all
}

/// Puts questions in the order in which they become lessons: every second one of those from the surest to the least sure, then the others.
/// The surest alone would teach what words know, and the least sure what few ask.
async fn spread(trial: &Trial<'_>, index: &Index<Vec<u8>>, questions: &mut Vec<usize>) {
    let mut sure = Vec::new();
    for number in questions.iter() {
        let mut likely = 0.0;
        let place = trial.asked.of_proposal.get(*number).copied().flatten();
        if let Some(asked) = place.and_then(|place| trial.asked.texts.get(place)) {
            for typed in &asked.typed {
                let hits = trial.likeliest(index, typed.text).await;
                likely += hits.iter().find(|(doc, _)| *doc == asked.doc).map_or(0.0, |(_, likely)| *likely);
            }
        }
        sure.push((likely, *number));
    }
    sure.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let every_second = |from: usize| sure.iter().skip(from).step_by(2).map(|(_, number)| *number);
    *questions = every_second(0).chain(every_second(1)).collect();
}

/// Whether enough documents would have enough lessons.
fn can_teach(trial: &Trial<'_>, questions: &[Vec<usize>]) -> bool {
    let lessons = trial.docs.iter().zip(questions).map(|(doc, questions)| doc.examples.len() + questions.len());
    let with_lessons = lessons.filter(|count| has_lessons(*count)).count();
    with_lessons >= 2 && trial.docs.len() <= MAX_TAUGHT && are_enough(with_lessons, trial.docs.len())
}

/// The most lessons a document that fit, and what the index weighs then.
async fn fitting(
    trial: &Trial<'_>,
    standing: &Standing,
    questions: &[Vec<usize>],
    words: usize,
    most: usize,
) -> Option<(Standing, usize)> {
    let mut count = questions.iter().map(Vec::len).max()?;
    while has_lessons(count) {
        let taught = with_lessons(standing, questions, |place| place < count);
        let bytes = travels(&trial.compiled(&taught).await);
        if bytes <= most {
            return Some((taught, bytes));
        }
        // As if each lesson weighed the same, and at least one less.
        let room = most.saturating_sub(words) * count / bytes.saturating_sub(words).max(1);
        count = room.min(count - 1);
    }
    None
}

/// Makes lessons of the questions in these places.
fn with_lessons(standing: &Standing, questions: &[Vec<usize>], is_lesson: impl Fn(usize) -> bool) -> Standing {
    let mut standing = standing.clone();
    for questions in questions {
        for number in questions.iter().enumerate().filter(|(place, _)| is_lesson(*place)).map(|(_, number)| number) {
            if let Some(verdict) = standing.get_mut(*number) {
                *verdict = Some(Verdict::KeptAsLesson);
            }
        }
    }
    standing
}

/// By how many points lessons find more of the questions that are left out than words do; none if that may be chance.
async fn points(trial: &Trial<'_>, standing: &Standing, questions: &[Vec<usize>]) -> f32 {
    let (mut won, mut lost, mut all) = (0usize, 0usize, 0usize);
    for part in 0..PARTS {
        let mut words = standing.clone();
        let mut left_out = Vec::new();
        for number in questions.iter().flat_map(|questions| questions.iter().skip(part).step_by(PARTS)) {
            if let Some(verdict) = words.get_mut(*number) {
                *verdict = None;
            }
            left_out.push(*number);
        }
        let lessons = with_lessons(&words, questions, |place| place % PARTS != part);
        let by_words = shown(trial, &words, &left_out).await;
        for (by_words, by_lessons) in by_words.into_iter().zip(shown(trial, &lessons, &left_out).await) {
            all += 1;
            won += usize::from(by_lessons && !by_words);
            lost += usize::from(by_words && !by_lessons);
        }
    }
    let more = won.saturating_sub(lost) as f32;
    if more * more <= SURE * (won + lost) as f32 { 0.0 } else { 100.0 * more / all.max(1) as f32 }
}

/// Whether each of these questions finds its article, half typed and whole.
async fn shown(trial: &Trial<'_>, standing: &Standing, questions: &[usize]) -> Vec<bool> {
    let mut shown = Vec::new();
    let Ok(index) = Index::open(trial.compiled(standing).await) else { return shown };
    for number in questions {
        let place = trial.asked.of_proposal.get(*number).copied().flatten();
        let Some(asked) = place.and_then(|place| trial.asked.texts.get(place)) else { continue };
        for typed in &asked.typed {
            let hits = trial.likeliest(&index, typed.text).await;
            shown.push(hits.iter().take(SHOWN).any(|(doc, _)| *doc == asked.doc));
        }
    }
    shown
}
