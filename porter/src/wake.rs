//! Lets workerd go on where it was left standing still, as by a backup that was killed in its midst.

use crate::backup;
use crate::house::House;
use crate::log::say;
use crate::standstill::{go_on, stands_still};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked at.
const LOOKS: Duration = Duration::from_secs(1);
/// Longer than any machine is paused on purpose for a moment, and shorter than visitors wait.
const LONGEST: u32 = 8;

/// Looks for ever.
pub(crate) async fn watch(house: Arc<House>, data: PathBuf) {
    let mut stood = 0;
    loop {
        tokio::time::sleep(LOOKS).await;
        let left = house.gauge.process().filter(|process| stands_still(*process) && !backup::is_under_way(&data));
        stood = if left.is_some() { stood + 1 } else { 0 };
        if let Some(process) = left.filter(|_| stood >= LONGEST) {
            say("workerd stood still, as a backup that was killed leaves it; it goes on");
            go_on(process);
            stood = 0;
        }
    }
}
