import { escape, page } from '../providers/oauth/consent-page.js';
import type { Person } from './people.js';

/** The page on which somebody says who they are, by one click. */
export function pickPage(action: string, people: readonly Person[]): string {
  const buttons = people
    .map(
      ({ subject, name, email, note }) =>
        `<p><button name="subject" value="${escape(subject)}">${escape(name)}</button>
<small>${escape(email)}${note === undefined ? '' : `, ${escape(note)}`}</small></p>`,
    )
    .join('\n');
  return page(
    'Sign in (sandbox)',
    `<h1>Sign in as</h1>
<form method="post" action="${escape(action)}">
${buttons}
<p><button name="refuse" value="yes">Nobody: refuse</button></p>
</form>
<p><small>This is the development sandbox: it takes your word for it.</small></p>`,
  );
}
