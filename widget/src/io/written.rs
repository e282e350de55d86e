//! Writes what the panel sends and keeps. serde would bring code of its own for each type, two kilobytes of what every visitor
//! loads. Identifiers and languages' tags have no character that JSON would have to write otherwise.

use shared::client::Pending;
use shared::ids::{ArticleId, VisitorToken};
use shared::protocol::{Context, Resolution, Seq, Shown, Solution, Survey, Told, VisitorAction, VisitorCommand};

/// A `VisitorFrame::Typing`.
pub(crate) const TYPING: &str = "\"typing\"";

/// Writes a `CommandRequest`.
pub(crate) fn request(have: Seq, command: &VisitorCommand) -> String {
    ["{\"have\":", &have.to_string(), ",\"command\":", &written(command), "}"].concat()
}

/// Writes a `VisitorFrame::Do`.
pub(crate) fn frame(command: &VisitorCommand) -> String {
    ["{\"do\":", &written(command), "}"].concat()
}

/// Writes a `VisitorFrame::Hello`.
pub(crate) fn hello(token: &VisitorToken, have: Seq) -> String {
    ["{\"hello\":{\"token\":\"", token.as_str(), "\",\"have\":", &have.to_string(), "}}"].concat()
}

/// Writes what the outbox keeps.
pub(crate) fn pending(pending: &Pending<VisitorCommand>) -> String {
    let (at, command) = (pending.at.to_string(), written(&pending.command));
    ["{\"conversation\":\"", pending.conversation.as_str(), "\",\"at\":", &at, ",\"command\":", &command, "}"].concat()
}

/// Writes a `Resolution`.
pub(crate) fn resolution(resolution: &Resolution) -> String {
    let Resolution { id, about, locale, helped } = resolution;
    let (locale, helped) = (quoted(locale), flag(*helped));
    let (kind, about) = match about {
        Solution::Article(article) => ("\",\"article\":\"", article.as_str()),
        Solution::Answer(answer) => ("\",\"answer\":\"", answer.as_str()),
    };
    let parts = ["{\"id\":\"", id.as_str(), kind, about, "\",\"locale\":", &locale];
    [&parts.concat(), ",\"helped\":", helped, "}"].concat()
}

/// Writes a `VisitorCommand`.
fn written(command: &VisitorCommand) -> String {
    let (name, fields) = match &command.action {
        VisitorAction::Say { text, context } => ("say", [",\"text\":", &quoted(text), &within(context)].concat()),
        VisitorAction::AskPerson { context } => ("ask_person", within(context)),
        VisitorAction::Helped { about, yes, article } => {
            let article =
                article.as_ref().map_or_else(String::new, |id| [",\"article\":\"", id.as_str(), "\""].concat());
            ("helped", [",\"about\":\"", about.as_str(), "\",\"yes\":", flag(*yes), &article].concat())
        }
        VisitorAction::Rate { survey, score, comment } => {
            let survey = match survey {
                Survey::Satisfaction => "satisfaction",
                Survey::Effort => "effort",
            };
            let score = score.to_string();
            let parts = [",\"survey\":\"", survey, "\",\"score\":", &score, ",\"comment\":", &quoted(comment)];
            ("rate", parts.concat())
        }
        VisitorAction::LeaveAddress { address } => ("leave_address", [",\"address\":", &quoted(address)].concat()),
        VisitorAction::Read { up_to } => ("read", [",\"up_to\":", &up_to.to_string()].concat()),
    };
    // The first of the fields has brought its comma.
    let fields = fields.get(1..).unwrap_or_default();
    ["{\"id\":\"", command.id.as_str(), "\",\"action\":{\"", name, "\":{", fields, "}}}"].concat()
}

/// Writes a field `context`, with the comma before it.
fn within(context: &Context) -> String {
    let Context { url, title, locale, shown, recent, answers, told } = context;
    let [url, title, locale] = [url, title, locale].map(|text| quoted(text));
    let shown = list(&mut shown.iter().map(offered));
    let recent = list(&mut recent.iter().map(|id: &ArticleId| quoted(id.as_str())));
    let parts = [",\"context\":{\"url\":", &url, ",\"title\":", &title, ",\"locale\":", &locale];
    // An edge that gives no answers while typing does not know the field.
    let answers = match answers.as_slice() {
        [] => String::new(),
        answers => [",\"answers\":[", &list(&mut answers.iter().map(|id| quoted(id.as_str()))), "]"].concat(),
    };
    let told = match told.as_slice() {
        [] => String::new(),
        told => [",\"told\":[", &list(&mut told.iter().map(one_told)), "]"].concat(),
    };
    let lists = [",\"shown\":[", &shown, "],\"recent\":[", &recent, "]", &answers, &told, "}"];
    parts.concat() + &lists.concat()
}

fn one_told(told: &Told) -> String {
    let (name, value) = (quoted(&told.name), quoted(&told.value));
    ["{\"name\":", &name, ",\"value\":", &value, ",\"done\":", flag(told.done), "}"].concat()
}

fn offered(one: &Shown) -> String {
    let Shown { article, opened, helped, standing, passed_over } = one;
    let helped = helped.map_or("null", flag);
    let (title, opened) = (quoted(&article.title), flag(*opened));
    let parts = ["{\"article\":{\"id\":\"", article.id.as_str(), "\",\"title\":", &title, "},\"opened\":", opened];
    let marks =
        [",\"helped\":", helped, ",\"standing\":", flag(*standing), ",\"passed_over\":", flag(*passed_over), "}"];
    parts.concat() + &marks.concat()
}

/// What stands in a list, with commas.
fn list(items: &mut dyn Iterator<Item = String>) -> String {
    let mut list = String::new();
    for item in items {
        if !list.is_empty() {
            list.push(',');
        }
        list.push_str(&item);
    }
    list
}

fn flag(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}

/// Writes a text.
fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            '\0'..'\u{20}' => {
                json.push_str("\\u00");
                json.push(if letter < '\u{10}' { '0' } else { '1' });
                json.extend(char::from_digit(letter as u32 % 16, 16));
            }
            _ => json.push(letter),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::conversation;
    use serde::de::DeserializeOwned;
    use shared::ids::{AnswerId, ArticleId, EventId};
    use shared::protocol::{ArticleRef, CommandRequest, VisitorFrame};

    fn read<T: DeserializeOwned>(json: &str) -> T {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    fn article() -> ArticleId {
        ArticleId::parse("a-b").unwrap()
    }

    /// Each value that there is of each field, in a few commands.
    fn commands() -> Vec<VisitorCommand> {
        let text: String = ('\0'..='\u{ff}').chain("\u{2028}\u{fffd}\u{1f9e6}\u{202e}\\u0041".chars()).collect();
        let shown = |(opened, helped, standing, passed_over)| Shown {
            article: ArticleRef { id: article(), title: text.clone() },
            opened,
            helped,
            standing,
            passed_over,
        };
        let full = Context {
            url: text.clone(),
            title: text.clone(),
            locale: text.clone(),
            shown: [(true, None, false, false), (false, Some(true), true, false), (false, Some(false), false, true)]
                .map(shown)
                .to_vec(),
            recent: vec![article(), article()],
            answers: ["c", "d"].map(|id| AnswerId::parse(id).unwrap()).to_vec(),
            told: [true, false].map(|done| Told { name: text.clone(), value: text.clone(), done }).to_vec(),
        };
        let mut actions = vec![
            VisitorAction::Say { text: text.clone(), context: Context::default() },
            VisitorAction::Say { text: String::new(), context: full.clone() },
            VisitorAction::AskPerson { context: full },
            VisitorAction::AskPerson { context: Context::default() },
            VisitorAction::LeaveAddress { address: text.clone() },
            VisitorAction::Read { up_to: u32::MAX },
        ];
        let about = EventId::parse("-_9").unwrap();
        actions.extend([true, false].map(|yes| {
            let article = yes.then(|| ArticleId::parse("track").unwrap());
            VisitorAction::Helped { about: about.clone(), yes, article }
        }));
        let rate = |survey| VisitorAction::Rate { survey, score: 255, comment: text.clone() };
        actions.extend([Survey::Satisfaction, Survey::Effort].map(rate));
        let id = EventId::parse("a-_9").unwrap();
        actions.into_iter().map(|action| VisitorCommand { id: id.clone(), action }).collect()
    }

    #[test]
    fn the_edge_reads_what_is_written() {
        for command in commands() {
            let kept = Pending::new(conversation('a'), u64::MAX, command.clone());
            assert_eq!(read::<Pending<VisitorCommand>>(&pending(&kept)), kept);
            assert_eq!(read::<VisitorFrame>(&frame(&command)), VisitorFrame::Do(command.clone()));
            assert_eq!(read::<CommandRequest>(&request(7, &command)), CommandRequest { have: 7, command });
        }
        for token in ["a".repeat(43), ["e30", "e30", "c2ln"].join(".")] {
            let token = VisitorToken::parse(&token).unwrap();
            assert_eq!(read::<VisitorFrame>(&hello(&token, 3)), VisitorFrame::Hello { token: token.clone(), have: 3 });
        }
        assert_eq!(read::<VisitorFrame>(TYPING), VisitorFrame::Typing);
        let abouts = [Solution::Article(article()), Solution::Answer(AnswerId::parse("c").unwrap())];
        for (helped, about) in [true, false].into_iter().zip(abouts) {
            let locale = String::from("\"pt\\BR\t");
            let said = Resolution { id: EventId::parse("r").unwrap(), about, locale, helped };
            assert_eq!(read::<Resolution>(&resolution(&said)), said);
        }
    }
}
