//! Programs out of Debian's packages that are only unpacked, into the user's cache folder: an installation would start their services on
//! this machine, and needs its administrator.

use super::debian;
use crate::Outcome;
use crate::places::{Places, at, make_folder, on_path};
use crate::run::{attempt, quietly, run};
use crate::screen::{Screen, Step};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program, in the package of the same name.
pub(crate) struct Program {
    name: &'static str,
    /// Where it lies in the package.
    path: &'static str,
    /// What makes it tell its version, for a look whether it runs here.
    version: &'static str,
}

/// Ends TLS, in the tests.
pub(crate) const NGINX: Program = Program { name: "nginx", path: "usr/sbin/nginx", version: "-v" };
/// The same.
pub(crate) const CADDY: Program = Program { name: "caddy", path: "usr/bin/caddy", version: "version" };

impl Program {
    /// The program: the machine's own, or an unpacked one.
    pub(crate) fn ensure(&self, places: &Places, screen: &Screen) -> Outcome<PathBuf> {
        // Debian keeps servers where only an administrator's PATH leads.
        let own = on_path(&[self.name]).or_else(|| Some(Path::new("/").join(self.path)).filter(|file| file.is_file()));
        if let Some(own) = own {
            return Ok(own);
        }
        let folder = places.cache.join(format!("debian-{}", self.name));
        let file = folder.join(self.path);
        if !file.is_file() {
            let title = format!("Unpack Debian's {}", self.name);
            screen.step(&title, "for the tests; nothing is installed or started", |step| {
                self.unpack(places, step, &folder)
            })?;
        }
        let mut look = Command::new(&file);
        look.arg(self.version);
        if quietly(look).is_some() {
            Ok(file)
        } else {
            Err(self.missing("the one in Debian's package does not run here"))
        }
    }

    fn unpack(&self, places: &Places, step: &Step, folder: &Path) -> Outcome {
        if on_path(&["apt-get"]).is_none() || on_path(&["dpkg-deb"]).is_none() {
            return Err(self.missing("this is no Debian"));
        }
        let part = folder.with_extension("part");
        // An interrupted run may have left half of a file.
        let _none = fs::remove_dir_all(&part);
        make_folder(&part)?;
        self.download(places, step, &part)?;
        let packages = fs::read_dir(&part).map_err(|error| at(&part, error))?;
        let package = packages.filter_map(Result::ok).map(|entry| entry.path()).find(|path| has_ending(path));
        let mut unpack = Command::new("dpkg-deb");
        unpack.arg("-x").arg(package.ok_or_else(|| self.missing("apt-get downloads no package of it"))?).arg(&part);
        run(places, step, "dpkg-deb", unpack)?;
        let _none = fs::remove_dir_all(folder);
        fs::rename(&part, folder).map_err(|error| at(folder, error))
    }

    /// With the lists of packages as they are, or, if they know none of it, as they are now.
    fn download(&self, places: &Places, step: &Step, into: &Path) -> Outcome {
        let download = || {
            let mut command = debian::apt(&["download", self.name]);
            command.current_dir(into);
            attempt(places, step, "apt-download", command)
        };
        if download()?.succeeded {
            return Ok(());
        }
        if debian::is_root() {
            run(places, step, "apt-update", debian::apt(&["update"]))?;
        }
        let ran = download()?;
        if ran.succeeded { Ok(()) } else { Err(self.missing(&format!("apt-get has not got it:\n{}", ran.output))) }
    }

    fn missing(&self, why: &str) -> String {
        format!("{} is missing, and {why}. Install it, then try again: sudo apt-get install {0}", self.name)
    }
}

fn has_ending(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "deb")
}
