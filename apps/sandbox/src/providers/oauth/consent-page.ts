const style = `
  body { font: 16px/1.5 system-ui, sans-serif; background: #f5f8fa; color: #213343; margin: 0 }
  main { max-width: 30rem; margin: 8vh auto; background: #fff; border: 1px solid #dfe3eb; border-radius: 8px; padding: 2rem }
  h1 { font-size: 1.3rem; margin-top: 0 } ul { padding-left: 1.2rem } code { font-size: .9rem }
  label { display: block; margin: 1rem 0 } input { font: inherit; padding: .3rem .5rem; width: 10rem }
  button { font: inherit; padding: .5rem 1.4rem; border-radius: 4px; border: 1px solid #ff7a59; cursor: pointer; background: #fff; color: #b34a2e }
  button[value=approve] { background: #ff7a59; color: #1d1410 } small { color: #516f90 }`;

/** The page on which a person allows or refuses the app. Its form posts back to `action`. */
export function consentPage(
  provider: string,
  action: string,
  query: Record<string, string | undefined>,
  required: readonly string[],
  optional: readonly string[],
): string {
  const hidden = Object.entries(query)
    .filter(
      ([name, value]) => value !== undefined && name !== 'sandbox_account' && name !== 'sandbox_decision',
    )
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value!)}">`)
    .join('\n');
  const scopes = [
    ...required.map((scope) => `<li><code>${escape(scope)}</code></li>`),
    ...optional.map((scope) => `<li><code>${escape(scope)}</code> <small>(optional)</small></li>`),
  ].join('\n');
  return page(
    `Connect to ${provider} (sandbox)`,
    `<h1>Connect your ${provider} account</h1>
<p>An app would like to read from your account:</p>
<ul>${scopes}</ul>
<form method="post" action="${escape(action)}">
${hidden}
<label>Account <input name="sandbox_account" value="${escape(query.sandbox_account ?? '')}" inputmode="numeric" pattern="[1-9][0-9]*" required></label>
<button name="sandbox_decision" value="approve">Approve</button>
<button name="sandbox_decision" value="deny" formnovalidate>Deny</button>
</form>
<p><small>This is the development sandbox, not ${provider}.</small></p>`,
  );
}

/** What is shown instead when the request is wrong: a provider never redirects to an address it did not accept. */
export function errorPage(problem: string): string {
  return page('Error', `<h1>Couldn’t complete the connection</h1><p>${escape(problem)}</p>`);
}

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
