/** What `beforehand help` prints. */
export const HELP = `beforehand COMMAND

  serve            run the product until it is stopped, and say how to go on
                   --listen ADDRESS  (127.0.0.1:8787)
                   --workspace NAME  the workspace of a new data folder. Without it, that is the demo, with its articles and pages
                   --site ORIGIN     a site whose pages may hold the panel, such as https://www.example.com; once for each
                   --log FILE        (log/beforehand.log in the data folder, 10 MB and four older ones); - is the standard output
                   --no-link         leave out the set-up link, which is a secret
  link             show the set-up link of a running product; takes --listen
  workspace NAME   make a further workspace in a running product, and show its secrets this once; takes --listen
  backup FILE      put everything into one file, also while it runs
  restore FILE     put such a file into an empty data folder
  fsck             look whether the data folder of a stopped product is whole
                   --repair          have conversations tell their lists anew where these do not agree
  help, --version

  All of them take --data DIR, the folder of what outlives the process (beforehand-data).
  serve reads ORIGIN, ADDRESS_HEADER and ADDRESS_PROXIES from the environment, for a proxy that stands before it.`;
