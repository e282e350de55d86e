// What tells the persons apart whom the site signs identities for.

/**
 * A number for the site's name of whom an identity is for: the same for each of their tokens, and not the name itself, which
 * may be an address of mail, since the panel keeps what is not sent yet under it. FNV-1a over what `atob` gives. It proves
 * nothing: what an identity is worth is for the edge to say. Nothing for what is no JWT.
 */
export const personOf = (identity) => {
  try {
    const { sub } = JSON.parse(atob(identity.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    let hash = 2166136261;
    for (const letter of sub) hash = Math.imul(hash ^ letter.charCodeAt(), 16777619);
    return String(hash);
  } catch {}
};
