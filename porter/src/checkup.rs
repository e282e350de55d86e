//! Looks at the disk, a database and the clock. Anybody may ask for it, so it is done no more than once in two seconds.

use crate::disk;
use crate::house::House;
use crate::inside;
use crate::lacks;
use crate::trouble::Trouble;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A finding is true for so long.
const FRESH: Duration = Duration::from_secs(2);

/// All that is wrong.
pub(crate) async fn troubles(house: &Arc<House>) -> Vec<Trouble> {
    let mut last = house.health.last.lock().await;
    if let Some((at, troubles)) = last.as_ref()
        && at.elapsed() < FRESH
    {
        return troubles.clone();
    }
    let (disk, answers) = tokio::join!(disk::look(house.data.clone()), inside::asks_database(house));
    let unanswered = answers.err().map(|what| Trouble::now("database", what));
    let not_whole = lacks::noted(&house.data);
    let found = [disk, house.health.fault().or(unanswered), not_whole, house.clock.trouble()];
    let troubles: Vec<Trouble> = found.into_iter().flatten().collect();
    *last = Some((Instant::now(), troubles.clone()));
    troubles
}
