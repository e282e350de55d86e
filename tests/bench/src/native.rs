//! The parts that need files, programs or a browser. The page that measures the engine in a browser has none of them.

pub mod arguments;
pub mod evaluate;
pub mod grown;
pub mod growth;
pub mod in_browser;
pub mod markdown;
pub mod ours;
pub mod pages;
pub mod plot;
pub mod report;
pub mod rival;
pub mod served;
pub mod table;
pub mod texts;
pub mod written;
