//! The npm package, as somebody with Node and a browser finds it: installed, served, stopped, killed, and told nonsense.

use serde_json::Value;
use shared::protocol::*;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tests::folder::Folder;
use tests::package::{Served, done};
use tests::people::{ask_person, conversation, id, reply, say, texts};
use tests::porter::{open_files, signal, workerd_of};
use tests::{Agent, Edge, Package, Visitor, eventually, tools};

/// What is promised for an empty cache, without the registry's time.
const STARTS_WITHIN: Duration = Duration::from_secs(20);
const STOPS_WITHIN: Duration = Duration::from_secs(10);

/// A folder and a port, for the package to serve; nothing runs yet.
fn place() -> Edge {
    Edge::stopped_in(&[], |_| {})
}

fn serve(edge: &Edge, more: &[&str]) -> Served {
    Package::installed().serve(edge.folder(), edge.port(), more)
}

/// The token of the set-up link that was shown.
fn setup_token(said: &str) -> Option<String> {
    said.lines().find_map(|line| line.split_once("#setup=")).map(|(_, token)| token.trim().to_owned())
}

fn secrets(data: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(data.join("secrets.json")).unwrap()).unwrap()
}

#[test]
fn npx_serves_on_a_machine_with_an_empty_cache_and_a_visitor_and_an_agent_go_the_whole_way() {
    let (edge, cache) = (place(), Folder::new("cache"));
    let mut npx = Command::new("npx");
    // npx takes a path from the root for a program.
    let name = tools::package().file_name().unwrap().to_str().unwrap().to_owned();
    std::fs::copy(tools::package(), cache.path().join(&name)).unwrap();
    npx.current_dir(cache.path()).args(["--yes", "--cache"]).arg(cache.path().join("npm")).arg(format!("./{name}"));
    npx.args(["serve", "--listen", &format!("127.0.0.1:{}", edge.port()), "--data"])
        .arg(edge.folder())
        .process_group(0);
    let served = Served::start(&mut npx, edge.folder());
    println!("npx, from an empty cache: {:.1} s", served.took.as_secs_f32());

    let token = setup_token(&served.said()).expect("the set-up link");
    assert_eq!(Agent::try_join(&edge, &token, "Ada").status, 200);
    let (ada, visitor, thread) = (Agent::sign_in(&edge, "Ada"), Visitor::new(&edge, 1), conversation(1));
    let page = edge.client().get("/plain/").header("Host", &edge.site().replace("http://", "")).send();
    assert!(page.status == 200 && page.text().contains("beforehand.js"), "{page:?}");
    let boot: Value = edge.client().get("/api/w/demo/boot?own=en&locale=en").send().ok();
    assert_eq!(edge.client().get(boot["index"].as_str().unwrap()).send().status, 200);
    visitor.command(&thread, 0, id(1), ask_person());
    let (mut theirs, mut inbox) = (visitor.live(&thread, 0), ada.inbox_live());
    theirs.receive::<ConversationFrame>();
    inbox.receive_text();
    ada.command(&thread, 0, id(2), reply("Hello, Ada here"));
    eventually("the reply", || theirs.receive_text().contains("Ada here").then_some(()));

    // Ctrl-C reaches everybody in the terminal's group.
    assert!(Command::new("kill").args(["-INT", "--", &format!("-{}", served.pid())]).status().unwrap().success());
    let porter = served.porter().unwrap();
    eventually("it to end", || open_files(porter).is_none().then_some(()));
    theirs.until_closed();

    // A service that stops npx reaches npx alone.
    let served = Served::start(&mut npx, edge.folder());
    assert!(signal(served.pid(), "TERM"));
    let porter = served.porter().unwrap();
    eventually("it to end", || open_files(porter).is_none().then_some(()));
}

#[test]
fn it_starts_in_seconds_stops_in_order_and_goes_on_with_what_was_stored() {
    let edge = place();
    let served = serve(&edge, &[]);
    assert!(served.took < STARTS_WITHIN, "{:?}", served.took);
    let token = setup_token(&served.said()).unwrap();
    assert_eq!(Agent::try_join(&edge, &token, "Ada").status, 200);
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("Hello"));
    let mut socket = visitor.live(&thread, 0);
    socket.receive::<ConversationFrame>();
    let before = secrets(edge.folder());
    let begun = std::time::Instant::now();
    let (status, said) = served.stop("TERM");
    assert!(status.success() && begun.elapsed() < STOPS_WITHIN, "{status} {:?}\n{said}", begun.elapsed());
    socket.until_closed();

    let again = serve(&edge, &[]);
    assert_eq!(setup_token(&again.said()), None, "there is an agent by now");
    assert_eq!(secrets(edge.folder()), before);
    assert!(texts(&visitor.events(&thread).events).contains(&"Hello"));
    assert_eq!(Agent::sign_in(&edge, "Ada").me.name.as_str(), "Ada");
}

#[test]
fn a_workspace_of_ones_own_has_its_site_and_no_demo() {
    let edge = place();
    let site = "https://www.acme.example";
    let served = serve(&edge, &["--workspace", "acme", "--site", site, "--no-link"]);
    assert_eq!(setup_token(&served.said()), None);
    let words = |command: &'static str| {
        let listen = format!("127.0.0.1:{}", edge.port());
        [command.to_owned(), "--data".into(), edge.folder().display().to_string(), "--listen".into(), listen]
    };
    let run = |words: &[String]| Package::installed().run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let link = run(&words("link"));
    assert!(link.status.success() && link.said.contains("inbox?workspace=acme#setup="), "{}", link.said);
    let publish = secrets(edge.folder())["publish"].as_str().unwrap().to_owned();
    let settings: Value = edge.client().get("/api/w/acme/settings").bearer(&publish).send().ok();
    assert_eq!(settings["origins"], serde_json::json!([site]));
    let demo = edge.client().get("/plain/").header("Host", &edge.site().replace("http://", "")).send();
    assert_eq!(demo.status, 404);
    let made = run(&[&[String::from("workspace"), String::from("other")], &words("")[1..]].concat());
    assert!(made.status.success() && made.said.contains("workspace=other#setup="), "{}", made.said);
    drop(served);
    let other = Package::installed().run(&["serve", "--workspace", "third", "--data", edge.folder().to_str().unwrap()]);
    assert!(!other.status.success() && other.said.contains("is acme"), "{}", other.said);
}

#[test]
fn behind_a_proxy_its_links_lead_to_the_address_of_the_world() {
    let edge = place();
    let (data, listen) = (edge.folder().to_str().unwrap(), format!("127.0.0.1:{}", edge.port()));
    let mut command = Package::installed().command(&["serve", "--data", data, "--listen", &listen]);
    command
        .env("ORIGIN", "https://help.acme.example")
        .env("ADDRESS_HEADER", "X-Forwarded-For")
        .env("ADDRESS_PROXIES", "2");
    let served = Served::start(&mut command, edge.folder());
    let link = served.line("#setup=").unwrap();
    assert!(link.starts_with("https://help.acme.example/inbox?workspace=demo#setup="), "{link}");
    let log = std::fs::read_to_string(edge.folder().join("log/beforehand.log")).unwrap();
    assert!(!log.contains("address_unknown"), "its own requests tell their address, too: {log}");
    let page = edge.client().get("/plain/").header("Host", &edge.site().replace("http://", "")).send();
    assert_eq!(page.status, 404, "the world has no demo");
}

#[test]
fn what_dies_is_started_again_and_nothing_outlives_its_end() {
    let edge = place();
    let mut served = serve(&edge, &[]);
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("one"));
    let porter = served.porter().unwrap();
    assert!(signal(porter, "KILL"));
    eventually("another porter", || served.porter().filter(|process| *process != porter));
    eventually("an answer", || visitor.offer(&thread, id(2), say("two")));
    assert!(served.said().contains("The porter has ended (SIGKILL)"), "{}", served.said());
    let workerd = workerd_of(edge.folder()).unwrap();
    assert!(signal(workerd, "KILL"));
    eventually("an answer", || visitor.offer(&thread, id(3), say("three")));

    let (porter, workerd) = (served.porter().unwrap(), workerd_of(edge.folder()).unwrap());
    assert!(signal(served.pid(), "KILL"));
    served.wait();
    eventually("everything to end", || (open_files(porter).is_none() && open_files(workerd).is_none()).then_some(()));
    let again = serve(&edge, &[]);
    assert_eq!(texts(&visitor.events(&thread).events), ["one", "two", "three"]);
    drop(again);
}

#[test]
fn secrets_stand_in_no_log_and_no_list_of_processes_and_files_are_their_owners_alone() {
    let edge = place();
    let served = serve(&edge, &[]);
    let secrets = secrets(edge.folder());
    let secrets: Vec<&str> =
        ["operator", "setup", "publish", "identity"].iter().map(|name| secrets[name].as_str().unwrap()).collect();
    let log = std::fs::read_to_string(edge.folder().join("log/beforehand.log")).unwrap();
    let processes = [served.pid(), served.porter().unwrap(), workerd_of(edge.folder()).unwrap()];
    let lines: Vec<String> =
        processes.iter().map(|process| std::fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap()).collect();
    assert!(lines[2].contains("workerd") && log.contains("porter: at 127.0.0.1"));
    for secret in secrets {
        assert!(secret.len() == 48 && !log.contains(secret) && lines.iter().all(|line| !line.contains(secret)));
    }
    let mut open = Vec::new();
    let mut folders = vec![edge.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.metadata().is_ok_and(|file| file.permissions().mode() & 0o077 != 0) {
                open.push(path.clone());
            }
            folders.extend(path.is_dir().then_some(path));
        }
    }
    assert_eq!(open, Vec::<std::path::PathBuf>::new());
}

#[test]
fn mistakes_get_a_sentence_and_an_exit_code() {
    let package = Package::installed();
    let folder = Folder::new("mistakes");
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("photo.jpg"), "x").unwrap();
    let (other, data) = (other.display().to_string(), folder.path().join("data").display().to_string());
    let cases: [(&[&str], &str); 17] = [
        (&["srve"], "There is no command srve"),
        (&["serve", "--prot", "1"], "--prot"),
        (&["serve", "now"], "serve takes no word of its own, and was given now"),
        (&["serve", "--data"], "--data"),
        (&["serve", "--data="], "--data needs a value"),
        (&["serve", "--listen", "8787"], "--listen 8787 is no address with a port"),
        (&["serve", "--listen", "127.0.0.1:99999"], "is no address with a port"),
        (&["serve", "--workspace", "Acme Shop"], "is no name for a workspace"),
        (&["serve", "--site", "www.acme.example"], "is no origin"),
        (&["serve", "--site", "https://www.acme.example/help"], "here https://www.acme.example"),
        (&["serve", "--data", &other], "it is no data folder"),
        (&["serve", "--data", &data, "--listen", "192.0.2.1:8787"], "192.0.2.1:8787 cannot be served"),
        (&["backup"], "backup takes a file, and was given none"),
        (&["backup", "b", "--data", &other], "is no data folder"),
        (&["restore", "nothing", "--data", &data], "nothing is not there"),
        (&["workspace", "acme", "--data", &other], "has no secrets"),
        (&["fsck", "--data", &other], "this is no data folder"),
    ];
    for (words, sentence) in cases {
        let done = package.run(words);
        assert!(
            done.status.code() == Some(1) && done.said.contains(sentence),
            "{words:?}: {} {}",
            done.status,
            done.said
        );
        assert!(!done.said.contains("    at "), "{words:?}: {}", done.said);
    }
    for words in [&["help"][..], &[], &["serve", "--help"], &["--version"]] {
        assert!(package.run(words).status.success(), "{words:?}");
    }
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let done = package.run(&["serve", "--data", &data, "--listen", &listen]);
    assert!(done.status.code() == Some(1) && done.said.contains("choose another one with --listen"), "{}", done.said);
}

#[test]
fn a_system_without_certificates_as_a_small_container_is_serves_with_those_of_node() {
    let bare = |program: &str, words: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", r#"mount -t tmpfs none /etc/ssl && exec "$@""#, "sh"]);
        // A developer's machine may name files that are not there any more then.
        command.arg(program).args(words).env("SSL_CERT_FILE", "/etc/ssl/gone.pem").env_remove("SSL_CERT_DIR");
        command
    };
    if !done(&mut bare("true", &[])).status.success() {
        println!("nobody may mount here; what follows needs it");
        return;
    }
    assert!(done(&mut bare("ls", &["/etc/ssl"])).said.is_empty());
    let (edge, package) = (place(), Package::installed());
    let command = package.command(&[]);
    let (data, listen) = (edge.folder().to_str().unwrap(), format!("127.0.0.1:{}", edge.port()));
    let words = ["serve", "--data", data, "--listen", &listen];
    let served = Served::start(&mut bare(command.get_program().to_str().unwrap(), &words), edge.folder());
    assert_eq!(edge.client().get("/health").send().status, 200);
    assert!(setup_token(&served.said()).is_some());
}

#[test]
fn the_unit_of_the_document_is_one() {
    let Ok(systemd) = Command::new("systemd-analyze").arg("--version").output() else {
        println!("there is no systemd-analyze here; what follows needs it");
        return;
    };
    assert!(systemd.status.success());
    let document =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/self-hosting.md")).unwrap();
    let unit = document.split("```ini\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (folder, package) = (Folder::new("unit"), Package::installed());
    let program = package.command(&[]).get_program().to_str().unwrap().to_owned();
    let path = folder.path().join("beforehand.service");
    std::fs::write(&path, unit.replace("/usr/local/bin/beforehand", &program)).unwrap();
    let done = done(Command::new("systemd-analyze").arg("verify").arg(&path));
    assert!(done.status.success() && done.said.is_empty(), "{}", done.said);
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let words: Vec<&str> = line.split(' ').skip(1).collect();
    let edge = place();
    let here: Vec<String> =
        words.iter().map(|word| word.replace("/var/lib/beforehand", edge.folder().to_str().unwrap())).collect();
    let mut command = package.command(&here.iter().map(String::as_str).collect::<Vec<_>>());
    let served = Served::start(command.args(["--listen", &format!("127.0.0.1:{}", edge.port())]), edge.folder());
    assert_eq!(edge.client().get("/health").send().status, 200);
    assert!(served.said().contains("porter: at 127.0.0.1"), "the log is on the standard output: {}", served.said());
}

#[test]
fn two_on_one_folder_and_a_machine_of_another_kind_are_told_so() {
    let package = Package::installed();
    let edge = place();
    let served = serve(&edge, &[]);
    let second = package.run(&["serve", "--data", edge.folder().to_str().unwrap(), "--listen", "127.0.0.1:1024"]);
    let sentence = format!("is in use by another Beforehand (process {})", served.porter().unwrap());
    assert!(!second.status.success() && second.said.contains(&sentence), "{}", second.said);

    let elsewhere = Folder::new("elsewhere");
    let copy = |from: &Path| {
        let copied = Command::new("cp").arg("-a").arg(from).arg(elsewhere.path()).status().unwrap();
        assert!(copied.success());
    };
    copy(&package.root());
    let root = elsewhere.path().join("beforehand");
    let run = || done(Command::new("node").arg(root.join("bin/beforehand.js")).arg("fsck"));
    let without = run();
    assert!(!without.status.success() && without.said.contains("workerd is not installed"), "{}", without.said);
    let about = std::fs::read_to_string(root.join("package.json")).unwrap();
    std::fs::write(root.join("package.json"), about.replace("linux", "darwin")).unwrap();
    let other = run();
    assert!(!other.status.success() && other.said.contains("This package is for darwin"), "{}", other.said);
}
