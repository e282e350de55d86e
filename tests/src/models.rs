//! A server on this machine that speaks OpenAI's chat API, with the faults that such servers have.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server does with a question.
pub enum Said {
    /// The model says this.
    Text(String),
    /// The model refuses.
    Refusal,
    /// Another status than 200, with headers of its own.
    Status(u16, String),
    /// A body that is no chat.
    Body(String),
    /// The connection ends in the middle of the answer.
    Half(String),
    /// Nothing, until the caller goes away.
    Silence,
}

/// Answers until the test ends.
pub struct Models {
    port: u16,
    asked: Arc<Mutex<Vec<Question>>>,
}

/// A question that came.
#[derive(Clone)]
pub struct Question {
    /// The request's path.
    pub path: String,
    /// What it was shown.
    pub key: Option<String>,
    /// The chat.
    pub chat: Value,
}

impl Question {
    /// The title of the article in it.
    pub fn title(&self) -> String {
        let article: Value = serde_json::from_str(self.chat["messages"][1]["content"].as_str().unwrap()).unwrap();
        article["title"].as_str().unwrap().into()
    }
}

impl Models {
    /// Serves what `answer` gives for an article's title, and for how often it was asked about before.
    pub fn serve(answer: fn(&str, usize) -> Said) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let questions = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let questions = Arc::clone(&questions);
                std::thread::spawn(move || give(stream, answer, &questions));
            }
        });
        Self { port, asked }
    }

    /// What `MODEL_URL` is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// Every question so far.
    pub fn asked(&self) -> Vec<Question> {
        self.asked.lock().unwrap().clone()
    }

    /// How often it was asked about an article.
    pub fn asked_about(&self, title: &str) -> usize {
        self.asked().iter().filter(|question| question.title() == title).count()
    }
}

fn give(stream: TcpStream, answer: fn(&str, usize) -> Said, questions: &Mutex<Vec<Question>>) {
    let mut reader = BufReader::new(&stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_ok_and(|bytes| bytes > 2) { lines.push(line) } else { break }
    }
    let header = |name: &str| {
        let mut values = lines.iter().filter_map(|line| line.split_once(':'));
        values.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| String::from(value.trim()))
    };
    let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    if lines.is_empty() || reader.read_exact(&mut body).is_err() {
        return;
    }
    let path = lines[0].split(' ').nth(1).unwrap_or("/").into();
    let question = Question { path, key: header("authorization"), chat: serde_json::from_slice(&body).unwrap() };
    let title = question.title();
    let before = {
        let mut questions = questions.lock().unwrap();
        let before = questions.iter().filter(|other| other.title() == title).count();
        questions.push(question);
        before
    };
    let chat = |content: Value| {
        let message = json!({ "role": "assistant", "content": content });
        json!({ "choices": [{ "index": 0, "message": message }], "usage": { "total_tokens": 1_000 } }).to_string()
    };
    match answer(&title, before) {
        Said::Text(text) => write(&stream, 200, "", &chat(json!(text)), 0),
        Said::Refusal => write(&stream, 200, "", &chat(Value::Null), 0),
        Said::Status(status, headers) => write(&stream, status, &headers, "", 0),
        Said::Body(body) => write(&stream, 200, "", &body, 0),
        Said::Half(text) => write(&stream, 200, "", &chat(json!(text)), 40),
        Said::Silence => drop(reader.read(&mut [0])),
    }
}

/// Writes an answer without its last bytes.
fn write(mut stream: &TcpStream, status: u16, headers: &str, body: &str, without: usize) {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\n{headers}Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body.as_bytes()[..length - without]);
}
