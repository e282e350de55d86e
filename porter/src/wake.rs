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
/// Longer than a backup needs; one that takes more is itself left standing, or writes to a disk that is away. It copies again then.
const LONGEST_OF_BACKUP: u32 = 30;

/// Looks for ever.
pub(crate) async fn watch(house: Arc<House>, data: PathBuf) {
    let mut stood = 0;
    loop {
        tokio::time::sleep(LOOKS).await;
        let left = house.gauge.process().filter(|process| stands_still(*process));
        stood = if left.is_some() { stood + 1 } else { 0 };
        let longest = if left.is_some() && backup::is_under_way(&data) { LONGEST_OF_BACKUP } else { LONGEST };
        if let Some(process) = left.filter(|_| stood >= longest) {
            say("workerd stood still, as a backup that was killed or left standing leaves it; it goes on");
            go_on(process);
            stood = 0;
        }
    }
}
