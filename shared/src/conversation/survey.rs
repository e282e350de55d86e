//! Surveys: asked once a conversation is solved, once, optional, and editable for a day.

use super::{Rating, State};
use crate::protocol::{ApiError, ErrorCode, Millis, Status, Survey};

/// How long an answer can be changed: a day, in which a visitor learns whether it really is solved.
pub const RATING_EDIT_MS: Millis = 24 * 60 * 60 * 1_000;
/// The worst and the best.
const SCORES: std::ops::RangeInclusive<u8> = 1..=5;
/// Room for a paragraph; who has more to say writes a message.
const MAX_COMMENT_CHARS: usize = 1_000;

/// The survey that may be answered or changed now: on a person's help if one has joined, else on the automation's. It is
/// open while the conversation is solved, until it was answered and a day has passed.
pub fn open_survey(state: &State, now: Millis) -> Option<Survey> {
    let survey = if state.person_joined { Survey::Satisfaction } else { Survey::Effort };
    (state.status == Status::Resolved && !is_closed(state, survey, now)).then_some(survey)
}

impl State {
    pub(super) fn rated(&mut self, survey: Survey, score: u8, at: Millis) {
        match self.ratings.iter_mut().find(|rating| rating.survey == survey) {
            Some(rating) => rating.score = score,
            None => self.ratings.push(Rating { survey, score, at }),
        }
    }
}

/// Refuses a rating of what is not solved, of the other kind of help, after a day, or out of bounds.
pub(super) fn check_rating(
    state: &State,
    survey: Survey,
    score: u8,
    comment: &str,
    now: Millis,
) -> Result<(), ApiError> {
    if !SCORES.contains(&score) || comment.chars().count() > MAX_COMMENT_CHARS {
        return Err(ApiError::with(
            ErrorCode::InvalidRequest,
            "A rating is from 1 to 5, with at most 1,000 characters. Nothing was stored.",
        ));
    }
    if is_closed(state, survey, now) {
        return Err(ApiError::new(ErrorCode::RatingClosed));
    }
    if open_survey(state, now) != Some(survey) {
        return Err(ApiError::new(ErrorCode::NothingToRate));
    }
    Ok(())
}

fn is_closed(state: &State, survey: Survey, now: Millis) -> bool {
    let closed = |first: Millis| now >= first.saturating_add(RATING_EDIT_MS);
    state.ratings.iter().any(|rating| rating.survey == survey && closed(rating.at))
}
