//! The doors out: everything that the edge fetches from elsewhere.

pub(crate) mod model;
mod picture;

use futures_util::StreamExt;
pub(crate) use picture::fetch;
use worker::Response;

/// Why something cannot be had.
pub(crate) struct Missing {
    /// In a few words.
    pub(crate) why: String,
    /// Whether it may be there a little later: its server is only away or busy.
    pub(crate) passes: bool,
}

impl Missing {
    /// It will not be there a little later either.
    pub(crate) fn for_good(why: String) -> Self {
        Self { why, passes: false }
    }

    fn for_now(why: String) -> Self {
        Self { why, passes: true }
    }
}

/// All bytes of an answer, at most `limit`.
async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, Missing> {
    let broken = |_: worker::Error| Missing::for_now(String::from("it does not come whole"));
    let mut out = Vec::new();
    let mut stream = response.stream().map_err(broken)?;
    while let Some(chunk) = stream.next().await {
        out.extend(chunk.map_err(broken)?);
        if out.len() > limit {
            let why = match limit / 1_000_000 {
                0 => ["it is larger than ", &(limit / 1_000).to_string(), " kB"].concat(),
                megabytes => ["it is larger than ", &megabytes.to_string(), " MB"].concat(),
            };
            return Err(Missing::for_good(why));
        }
    }
    Ok(out)
}
