//! Pages that were written for another widget, with the calls that its documentation has: they run as they are beside our tag.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::site;
use tests::stand_in::{self, READY, heard, say};
use tests::{Browser, eventually};

fn visit(edge: u16, shim: &str, before: &str) -> Browser {
    let head = format!("<script>window.log = [];{before}</script>{}", stand_in::tag(&format!("data-shim='{shim}'")));
    let port =
        site::serve(BTreeMap::from([("/".into(), stand_in::page(edge, &head, "<button id='custom'>Chat</button>"))]));
    let browser = Browser::beside(edge);
    browser.go(&format!("http://localhost:{port}/"));
    browser.until(
        "the stand-in",
        "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/a/')) || undefined",
    );
    browser
}

/// The last message of a kind, without what every message has.
fn last(browser: &Browser, kind: &str) -> Value {
    let mut last = eventually(kind, || heard(browser, kind).pop());
    let message = last.as_object_mut().unwrap();
    message.remove("beforehand");
    message.remove("kind");
    last
}

fn names(browser: &Browser, kind: &str) -> Vec<Value> {
    heard(browser, kind).into_iter().map(|one| one["name"].clone()).collect()
}

fn launcher(browser: &Browser, question: &str) -> Value {
    let find = "const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot).shadowRoot, launcher = root.querySelector('output + button');";
    browser.script(&format!("{find} return {question}"), &[])
}

fn said(browser: &Browser, part: &str) -> usize {
    browser.console().iter().filter(|line| line.contains(part)).count()
}

fn unread(browser: &Browser, count: u32) {
    say(browser, "unread", &json!({ "count": count, "words": "unread", "peek": false }));
}

#[test]
fn a_page_written_for_intercom() {
    let edge = stand_in::serve(READY);
    let browser = visit(
        edge,
        "intercom",
        "window.intercomSettings = { app_id: 'abc123', alignment: 'left', horizontal_padding: 30, vertical_padding: 50, action_color: '#0a7d4b' };
         (function () { var w = window, i = function () { i.c(arguments) }; i.q = []; i.c = function (args) { i.q.push(args) }; w.Intercom = i; })();
         Intercom('boot', { app_id: 'abc123', name: 'Ada Lovelace', email: 'ada@example.com', user_id: '9876', created_at: 1312182000,
             user_hash: 'f0f0', company: { id: 'c1', name: 'Engines' }, custom_launcher_selector: '#custom' });
         Intercom('onUnreadCountChange', function (count) { log.push(['unread', count]) });
         Intercom('onShow', function () { log.push(['show']) }); Intercom('onHide', function () { log.push(['hide']) });",
    );
    browser.until("its own button", "return document.querySelector('#custom').ariaExpanded === 'false'");
    assert_eq!(
        launcher(&browser, "[launcher.hidden, getComputedStyle(launcher).color]"),
        json!([true, "rgb(10, 125, 75)"])
    );
    browser.css("#custom").click();
    let who = json!({ "name": "Ada Lovelace", "email": "ada@example.com", "user_id": "9876", "created_at": 1312182000,
        "company_id": "c1", "company_name": "Engines" });
    assert_eq!(last(&browser, "attributes"), json!({ "values": who }));
    assert_eq!(said(&browser, "Intercom \\\"user_hash\\\": sign a JWT"), 1, "{:#?}", browser.console());
    browser.script(
        "Intercom('showNewMessage', 'pre-populated content'); Intercom('showArticle', 123456); Intercom('showConversation', 'c9');
         Intercom('trackEvent', 'invited-friend', { invite_code: 'ADDAFRIEND', price: { amount: 3 } }); Intercom('update', { intercom_user_jwt: 'a.b.c', plan: 'pro' });
         Intercom('showSpace', 'messages'); Intercom('startTour', 7); Intercom('startTour', 8);",
        &[],
    );
    assert_eq!(last(&browser, "compose"), json!({ "text": "pre-populated content" }));
    assert_eq!(last(&browser, "open-article"), json!({ "id": "123456" }));
    assert_eq!(last(&browser, "open-conversation"), json!({ "id": "c9" }));
    assert_eq!(
        last(&browser, "track"),
        json!({ "name": "invited-friend", "data": { "invite_code": "ADDAFRIEND", "price_amount": 3 } })
    );
    eventually("who it is", || (last(&browser, "page")["identity"] == "a.b.c").then_some(()));
    assert_eq!(said(&browser, "startTour"), 1);
    unread(&browser, 2);
    browser.until("the count", "return JSON.stringify(log).includes('[\"unread\",2]')");
    browser.script("Intercom('hide'); Intercom('show'); Intercom('hide')", &[]);
    assert_eq!(browser.script("return log.filter(([name]) => name === 'hide').length", &[]), 2);
    browser.script("Intercom('shutdown')", &[]);
    assert_eq!(last(&browser, "page")["forget"], "all", "a log-out forgets");
    browser.script("Intercom('boot', { email: 'eve@example.com' })", &[]);
    browser.until("it to be back", "return Beforehand('state').booted");
}

#[test]
fn a_page_written_for_chatwoot() {
    let edge = stand_in::serve(READY);
    let browser = visit(
        edge,
        "chatwoot",
        "window.chatwootSettings = { hideMessageBubble: false, position: 'left', locale: 'tr', darkMode: 'auto' };
         for (const name of ['ready', 'opened', 'closed', 'on-message', 'error'])
             addEventListener('chatwoot:' + name, function (event) { log.push([name, event.detail ?? null]) });
         addEventListener('chatwoot:ready', function () {
             window.$chatwoot.setUser('17', { email: 'ada@example.com', name: 'Ada', identifier_hash: 'f0' });
             window.$chatwoot.setCustomAttributes({ accountId: 1, pricingPlan: 'paid' });
         });",
    );
    browser.until("ready", "return log.some(([name]) => name === 'ready')");
    assert_eq!(
        launcher(&browser, "[launcher.getBoundingClientRect().left, launcher.ariaLabel]"),
        json!([20, "Yardım sohbeti"])
    );
    browser.script("window.$chatwoot.toggle('open')", &[]);
    let who =
        json!({ "user_id": "17", "email": "ada@example.com", "name": "Ada", "accountId": 1, "pricingPlan": "paid" });
    assert_eq!(last(&browser, "attributes"), json!({ "values": who }));
    assert_eq!(browser.script("return $chatwoot.isOpen", &[]), true);
    say(&browser, "event", &json!({ "name": "message", "detail": { "from": "agent" } }));
    browser
        .until("the message", "return log.some(([name, detail]) => name === 'on-message' && detail.from === 'agent')");
    browser.script("$chatwoot.toggle(); $chatwoot.toggle('close'); $chatwoot.setLabel('vip'); $chatwoot.toggleBubbleVisibility('hide')", &[]);
    browser.until(
        "it to say so",
        "return log.some(([name]) => name === 'opened') && log.some(([name]) => name === 'closed')",
    );
    assert_eq!(launcher(&browser, "launcher.hidden"), true);
    browser.script("$chatwoot.toggleBubbleVisibility('show'); $chatwoot.setLocale('es'); $chatwoot.setColorScheme('dark'); chatwootSDK.run({ websiteToken: 'x' })", &[]);
    assert_eq!(
        launcher(&browser, "[launcher.hidden, launcher.ariaLabel, root.firstChild.className.includes('dark')]"),
        json!([false, "Chat de ayuda", true])
    );
    assert_eq!(said(&browser, "setLabel"), 1);
    browser.script("$chatwoot.reset()", &[]);
    assert_eq!(last(&browser, "page")["forget"], "all");
}

#[test]
fn a_page_written_for_zendesk() {
    let edge = stand_in::serve(READY);
    let browser = visit(
        edge,
        "zendesk",
        "window.zESettings = { webWidget: { color: { theme: '#ff8800' }, offset: { horizontal: '40px', vertical: '60px' }, position: { horizontal: 'left' } } };
         window.zE = window.zE || function () { (zE.q = zE.q || []).push(arguments) };
         zE('messenger:on', 'open', function () { log.push(['open']) }); zE('messenger:on', 'close', function () { log.push(['close']) });
         zE('messenger:on', 'unreadMessages', function (count) { log.push(['unread', count]) });
         zE('messenger:set', 'conversationFields', [{ id: '123', value: 'Gold' }]); zE('messenger:set', 'conversationTags', ['sale', 'vip']);
         zE('webWidget', 'identify', { name: 'Ada', email: 'ada@example.com' });
         zE('messenger', 'loginUser', function (callback) { callback('a.b.c') }, function (error) { log.push(['in', error]) });",
    );
    browser.until("the log-in", "return log.some(([name]) => name === 'in')");
    assert_eq!(
        launcher(
            &browser,
            "[launcher.getBoundingClientRect().left, innerHeight - launcher.getBoundingClientRect().bottom, getComputedStyle(launcher).color]"
        ),
        json!([40, 60, "rgb(255, 136, 0)"])
    );
    browser.script("zE('messenger', 'open')", &[]);
    let who = json!({ "field_123": "Gold", "tags": "sale, vip", "name": "Ada", "email": "ada@example.com" });
    assert_eq!(last(&browser, "attributes"), json!({ "values": who }));
    eventually("who it is", || (last(&browser, "page")["identity"] == "a.b.c").then_some(()));
    unread(&browser, 4);
    browser.until("the count", "return JSON.stringify(log).includes('[\"unread\",4]')");
    assert_eq!(
        browser.script("return [zE('webWidget:get', 'chat:unreadMessages'), zE('webWidget:get', 'display')]", &[]),
        json!([4, "chat"])
    );
    browser.script("zE('messenger', 'close'); zE('webWidget', 'toggle'); zE(function () { zE.hide() }); zE('webWidget', 'chat:send', 'I wanted to ask')", &[]);
    assert_eq!(last(&browser, "compose"), json!({ "text": "I wanted to ask" }));
    assert_eq!(launcher(&browser, "launcher.hidden"), true);
    browser.script("zE('messenger', 'show'); zE('messenger:set', 'locale', 'es'); zE('webWidget', 'popout'); zE('messenger', 'logoutUser')", &[]);
    assert_eq!(launcher(&browser, "[launcher.hidden, launcher.ariaLabel]"), json!([false, "Chat de ayuda"]));
    assert_eq!(said(&browser, "popout"), 1);
    assert_eq!(last(&browser, "page")["forget"], "all");
    assert_eq!(
        browser.script("return log.filter(([name]) => name === 'open' || name === 'close').length >= 3", &[]),
        true
    );
}

#[test]
fn a_page_written_for_crisp() {
    let edge = stand_in::serve(READY);
    let browser = visit(
        edge,
        "crisp",
        "window.$crisp = []; window.CRISP_WEBSITE_ID = '-'; window.CRISP_READY_TRIGGER = function () { log.push(['ready']) };
         $crisp.push(['set', 'user:email', ['ada@example.com']]); $crisp.push(['set', 'user:nickname', 'Ada']);
         $crisp.push(['set', 'user:company', ['Engines', { url: 'https://engines.example', employment: { title: 'Count' } }]]);
         $crisp.push(['set', 'session:data', [[['plan', 'pro'], ['seats', 3]]]]); $crisp.push(['set', 'session:segments', [['vip', 'sale']]]);
         $crisp.push(['set', 'session:event', [[['signup', { via: 'page' }, 'red']]]]); $crisp.push(['config', 'position:reverse', [true]]);
         $crisp.push(['on', 'chat:opened', function () { log.push(['opened']) }]); $crisp.push(['on', 'chat:closed', function () { log.push(['closed']) }]);
         $crisp.push(['set', 'message:text', ['Hi! I would like']]);",
    );
    browser.until("ready", "return log.some(([name]) => name === 'ready')");
    assert_eq!(launcher(&browser, "launcher.getBoundingClientRect().left"), 20);
    browser.script("$crisp.push(['do', 'chat:open'])", &[]);
    let who = json!({ "email": "ada@example.com", "name": "Ada", "company": "Engines", "company_url": "https://engines.example",
        "company_employment_title": "Count", "plan": "pro", "seats": 3, "segments": "vip, sale" });
    assert_eq!(last(&browser, "attributes"), json!({ "values": who }));
    assert_eq!(last(&browser, "track"), json!({ "name": "signup", "data": { "via": "page" } }));
    assert_eq!(last(&browser, "compose"), json!({ "text": "Hi! I would like" }));
    unread(&browser, 3);
    browser.until("the count", "return $crisp.get('chat:unread:count') === 3");
    assert_eq!(
        browser.script("return [$crisp.is('chat:opened'), $crisp.is('chat:visible')]", &[]),
        json!([true, true])
    );
    browser.script(
        "$crisp.push(['do', 'chat:close'], ['do', 'chat:toggle'], ['do', 'helpdesk:search', ['refund']], ['do', 'helpdesk:article:open', ['en', 'returns-1']],
            ['set', 'session:event', ['asked']], ['do', 'trigger:run', ['x']]); $crisp.push(['off', 'chat:closed']); $crisp.push(['do', 'chat:hide'])",
        &[],
    );
    assert_eq!(last(&browser, "search"), json!({ "text": "refund" }));
    assert_eq!(last(&browser, "open-article"), json!({ "id": "returns-1" }));
    assert_eq!(names(&browser, "track"), ["signup", "asked"]);
    assert_eq!(
        browser.script("return log.filter(([name]) => name !== 'ready').map(([name]) => name)", &[]),
        json!(["opened", "closed", "opened"])
    );
    assert_eq!(said(&browser, "trigger:run"), 1);
    assert_eq!(launcher(&browser, "launcher.hidden"), true);
    browser.script("$crisp.push(['do', 'session:reset'])", &[]);
    assert_eq!(last(&browser, "page")["forget"], "all");
}
