//! The articles and answers that were suggested to the visitor and that they have read: those are not suggested again, and agents see them.

use super::piece::Piece;
use shared::assistant::WhyNot;
use shared::ids::{AnswerId, ArticleId, ConversationId};
use shared::matching::Hit;
use shared::protocol::{ArticleRef, Shown};

/// The edge takes this many; nobody reads as many before writing.
const MAX_SHOWN: usize = 50;
/// A text of this length in bytes asks something: some three words, or five syllables of Hangul. Less is a beginning, and what stands
/// beside a beginning is not turned down by going on.
const SAYS_SOMETHING: usize = 16;

/// What was tried in this session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried {
    shown: Vec<Shown>,
    /// The answers that were opened, and of these the ones that did not help, as often as that was.
    answers: Vec<AnswerId>,
    in_vain: Vec<AnswerId>,
    seen: Vec<String>,
    /// The article that was opened last.
    read_last: Option<ArticleId>,
    /// The articles that stood there when the visitor paused, and the text as it was then.
    paused: Option<(Vec<String>, String)>,
    /// The conversation that a message was sent in last, and how many of `shown` were told before it.
    told_in: Option<(ConversationId, usize)>,
    /// How many were told.
    told: usize,
}

impl Tried {
    /// The visitor has paused for some seconds over these articles, with this text.
    pub fn paused(&mut self, suggested: &[Hit], text: &str) {
        // The first pause over a text that says something counts: what is written from there on is written beside these articles.
        let goes_on = self.paused.as_ref().is_some_and(|(_, then)| text.starts_with(then.as_str()));
        if text.len() >= SAYS_SOMETHING && !goes_on {
            self.paused = Some((suggested.iter().map(|hit| hit.id.clone()).collect(), String::from(text)));
        }
    }

    /// The visitor opened something.
    pub fn opened(&mut self, piece: &Piece) {
        match piece {
            Piece::Article(article) => {
                if let Some(shown) = self.entry(article) {
                    shown.opened = true;
                }
                self.read_last = Some(article.id.clone());
            }
            Piece::Answer(id) => self.answers.push(id.clone()),
        }
    }

    /// The visitor said whether it helped.
    pub fn said(&mut self, piece: &Piece, helped: bool) {
        match piece {
            Piece::Article(article) => {
                if let Some(shown) = self.entry(article) {
                    shown.opened = true;
                    shown.helped = Some(helped);
                }
            }
            Piece::Answer(id) if !helped => self.in_vain.push(id.clone()),
            Piece::Answer(_) => {}
        }
    }

    /// The article that was opened last: of several suggestions that have helped, it is the one that did.
    pub fn read_last(&self) -> Option<&ArticleId> {
        self.read_last.as_ref()
    }

    /// The answers that were opened.
    pub fn answers(&self) -> &[AnswerId] {
        &self.answers
    }

    /// The answers that did not help, as they travel with a message: the assistant does not give them in the next conversation either.
    pub fn answers_in_vain(&self) -> Vec<AnswerId> {
        self.in_vain.get(..MAX_SHOWN).unwrap_or(&self.in_vain).to_vec()
    }

    /// The visitor was on these articles' pages in the help centre a short time ago.
    pub fn seen(&mut self, articles: Vec<String>) {
        self.seen = articles;
    }

    /// The articles that were read in the help centre a short time ago, as they travel with a message.
    pub fn read(&self) -> Vec<ArticleId> {
        self.seen.iter().filter_map(|id| ArticleId::parse(id).ok()).take(MAX_SHOWN).collect()
    }

    /// What is not to be suggested any more: what was opened here, and what was read in the help centre.
    pub fn excluded(&self) -> Vec<String> {
        let opened =
            self.shown.iter().filter(|shown| shown.opened).map(|shown| String::from(shown.article.id.as_str()));
        self.seen.iter().cloned().chain(opened).collect()
    }

    /// The same, each with the reason.
    pub fn left_out(&self) -> Vec<(String, WhyNot)> {
        let reason = |id: &String| match self.shown.iter().find(|shown| shown.article.id.as_str() == id) {
            Some(shown) if shown.helped == Some(false) => WhyNot::Dismissed,
            Some(shown) if shown.opened => WhyNot::Opened,
            Some(_) | None => WhyNot::Read,
        };
        self.excluded().into_iter().map(|id| (id.clone(), reason(&id))).collect()
    }

    /// What travels with this message: what was opened, and what stands there while it is sent. Whether somebody
    /// has seen that is not known: people type and press Enter. What came and went with single letters is not told.
    /// Another conversation is not told what an earlier one was.
    pub fn at_sending(&mut self, suggested: &[Hit], text: &str, conversation: &ConversationId) -> Vec<Shown> {
        let from = match &self.told_in {
            Some((told, from)) if told == conversation => *from,
            Some(_) => self.told,
            None => 0,
        };
        self.told_in = Some((conversation.clone(), from));
        let more = |then: &str| text.strip_prefix(then).is_some_and(|more| more.len() >= SAYS_SOMETHING);
        let paused = self.paused.take().filter(|(_, then)| more(then));
        let passed_over = paused.map(|(ids, _)| ids).unwrap_or_default();
        for shown in &mut self.shown {
            shown.standing = false;
        }
        for hit in suggested {
            if let Ok(id) = ArticleId::parse(&hit.id)
                && let Some(shown) = self.entry(&ArticleRef { id, title: hit.title.clone() })
            {
                shown.standing = true;
                shown.passed_over |= passed_over.contains(&hit.id);
            }
        }
        self.told = self.shown.len();
        self.shown.get(from..).unwrap_or_default().to_vec()
    }

    fn entry(&mut self, article: &ArticleRef) -> Option<&mut Shown> {
        let at = self.shown.iter().position(|shown| shown.article.id == article.id);
        if at.is_none() && self.shown.len() < MAX_SHOWN {
            self.shown.push(Shown::new(article.clone()));
        }
        let at = at.unwrap_or(self.shown.len().saturating_sub(1));
        self.shown.get_mut(at).filter(|shown| shown.article.id == article.id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::conversation;
    use super::*;

    fn article(id: &str) -> Piece {
        Piece::Article(ArticleRef { id: ArticleId::parse(id).unwrap(), title: id.to_uppercase() })
    }

    #[test]
    fn an_answer_that_did_not_help_is_told_and_one_that_was_only_read_is_not() {
        let mut tried = Tried::default();
        let answer = |id: &str| AnswerId::parse(id).unwrap();
        for id in ["read", "helped", "in-vain"] {
            tried.opened(&Piece::Answer(answer(id)));
        }
        tried.said(&Piece::Answer(answer("helped")), true);
        tried.said(&Piece::Answer(answer("in-vain")), false);
        tried.opened(&Piece::Answer(answer("in-vain")));
        assert_eq!(tried.answers_in_vain(), [answer("in-vain")]);
        assert!(tried.answers().contains(&answer("read")), "it is not shown again");
        assert!(tried.excluded().is_empty(), "an article may have the same slug");
    }

    fn hit(id: &str) -> Hit {
        Hit {
            id: id.into(),
            title: id.into(),
            title_marks: vec![],
            snippet: String::new(),
            snippet_marks: vec![],
            confidence: 1.0,
        }
    }

    #[test]
    fn what_was_read_here_or_in_the_help_centre_is_not_suggested_again() {
        let mut tried = Tried::default();
        tried.seen(vec!["read-there".into()]);
        tried.at_sending(&[hit("only-shown")], "", &conversation('a'));
        tried.opened(&article("opened"));
        tried.said(&article("refused"), false);
        assert_eq!(tried.excluded(), ["read-there", "opened", "refused"]);
        let reasons: Vec<WhyNot> = tried.left_out().into_iter().map(|(_, reason)| reason).collect();
        assert_eq!(reasons, [WhyNot::Read, WhyNot::Opened, WhyNot::Dismissed]);
        assert_eq!(tried.read(), [ArticleId::parse("read-there").unwrap()]);
    }

    #[test]
    fn agents_learn_what_was_suggested_opened_and_refused_once_each() {
        let mut tried = Tried::default();
        tried.opened(&article("a"));
        tried.said(&article("a"), false);
        let shown = tried.at_sending(&[hit("a"), hit("b"), hit("Not A Slug")], "", &conversation('a'));
        let short: Vec<_> = shown.iter().map(|shown| (shown.article.id.as_str(), shown.opened, shown.helped)).collect();
        assert_eq!(short, [("a", true, Some(false)), ("b", false, None)]);
    }

    /// What is told of an article that stood there at a pause and still does when the message is sent.
    fn told_after_pause(at_pause: &str, at_sending: &str) -> Vec<(bool, bool)> {
        let mut tried = Tried::default();
        tried.paused(&[hit("a")], at_pause);
        let shown = tried.at_sending(&[hit("a"), hit("b")], at_sending, &conversation('a'));
        shown.iter().map(|shown| (shown.standing, shown.passed_over)).collect()
    }

    #[test]
    fn only_who_paused_and_then_wrote_on_has_passed_over_what_stood_there() {
        let (stood, passed) = ((true, false), (true, true));
        assert_eq!(
            told_after_pause("how do I return a lamp", "how do I return a lamp that I have opened?"),
            [passed, stood],
            "a question, a pause, and more about it"
        );
        assert_eq!(
            told_after_pause("how do I return a", "how do I return a lamp"),
            [stood, stood],
            "the last word after a pause"
        );
        assert_eq!(
            told_after_pause("retu", "return a lamp that I have opened"),
            [stood, stood],
            "a question that had only begun"
        );
        let another = told_after_pause("how do I return a lamp", "where is the parcel that I have sent");
        assert_eq!(another, [stood, stood], "another text");
        let mut tried = Tried::default();
        let told = tried.at_sending(&[hit("a")], "how do I return a lamp", &conversation('a'));
        assert_eq!(told.iter().map(|shown| (shown.standing, shown.passed_over)).collect::<Vec<_>>(), [stood]);
        let next = tried.at_sending(&[], "", &conversation('a'));
        assert!(next.iter().all(|shown| !shown.standing), "it stands there no more");
    }

    #[test]
    fn another_conversation_is_told_only_what_came_after() {
        let mut tried = Tried::default();
        tried.opened(&article("a"));
        let ids = |shown: Vec<Shown>| {
            shown.into_iter().map(|shown| String::from(shown.article.id.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(ids(tried.at_sending(&[], "", &conversation('a'))), ["a"]);
        assert_eq!(ids(tried.at_sending(&[hit("b")], "", &conversation('a'))), ["a", "b"]);
        assert_eq!(ids(tried.at_sending(&[hit("c")], "", &conversation('b'))), ["c"]);
        assert_eq!(ids(tried.at_sending(&[hit("d")], "", &conversation('b'))), ["c", "d"]);
        assert_eq!(tried.excluded(), ["a"], "it is not suggested again all the same");
    }

    #[test]
    fn no_more_are_told_than_the_edge_takes() {
        let mut tried = Tried::default();
        for n in 0..60 {
            tried.opened(&article(&n.to_string()));
        }
        assert_eq!(tried.at_sending(&[], "", &conversation('a')).len(), MAX_SHOWN);
    }
}
