/** What `serve` says once it serves. */
export function addresses({ door, workspace, data, log, link, isShown, isTrial }) {
  const lines = ["", `Beforehand is running at ${door.origin}.`];
  if (isTrial) {
    const site = `http://localhost:${door.port}`;
    lines.push(
      "",
      "  The demo, as a visitor sees it:",
      `    ${site}/           the help centre`,
      `    ${site}/plain/     a plain page`,
      `    ${site}/app/       a single-page app`,
      `    ${site}/strict/    a page under a strict content security policy`,
      "  For a workspace of your own, serve another folder: beforehand serve --data DIR --workspace NAME --site https://www.example.com",
    );
  }
  if (workspace && link) {
    lines.push("", "  To be the first agent, open this link once and choose a name and a password:");
    lines.push(isShown ? `    ${link}` : `    it is a secret, and this output may be kept. To see it: beforehand link --data ${data}`, "  After that, sign in at");
    lines.push(`    ${door.origin}/inbox?workspace=${workspace}`);
  } else if (workspace) {
    lines.push("", `  To answer as an agent, sign in at ${door.origin}/inbox?workspace=${workspace}`);
  } else {
    lines.push("", "  The workspaces of this folder go on as they were. To make a further one: beforehand workspace NAME --data DIR");
  }
  if (workspace && !isTrial) {
    lines.push("", "  On the pages of a site that was allowed with --site or in the settings:", `    ${script(door, workspace)}`);
  }
  lines.push(
    "",
    `  The data folder is ${data}. Its secrets.json has the token for publishing and the operator's.`,
    log === "-" ? "  The log follows." : `  The log is ${log}.`,
    `  How it is: ${door.inside}/health. Ctrl-C stops everything.`,
    "",
    "",
  );
  return lines.join("\n");
}

/** What `workspace` says of one that was made. */
export function made(door, name, { setup_token: setup, publish_token: publish, identity_key: identity }) {
  return `
The workspace ${name} is made. Keep what follows: it is not shown again.

  To be its first agent, open this link once and choose a name and a password:
    ${door.setupLink(name, setup)}
  Its token for publishing:
    ${publish}
  Its key for signed identities, for your server alone:
    ${identity}
  On your pages:
    ${script(door, name)}

  No page may hold its panel until you publish settings with the origins of your site.

`;
}

function script(door, workspace) {
  return `<script async src="${door.origin}/beforehand.js" data-workspace="${workspace}"></script>`;
}
