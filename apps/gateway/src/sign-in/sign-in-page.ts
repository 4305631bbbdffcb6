import { API } from '../operations/operation.js';
import { plainPage } from '../browser/plain-page.js';

/** Why somebody is not signed in: the status of the answer, and what the page says. The names are API: docs/sign-in.md. */
const said = {
  not_configured: [
    404,
    'Sign-in is not set up',
    'This installation has no identity provider: its operator sets OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. API keys work without it.',
  ],
  bad_return: [
    400,
    'Not signed in',
    'The address to come back to is no path of this site. Start again from the console.',
  ],
  unknown: [
    400,
    'Not signed in',
    'This sign-in was not begun in this browser, or over ten minutes ago. Sign in again.',
  ],
  denied: [
    403,
    'Not signed in',
    'Your identity provider did not let you in. Sign in again to try another account.',
  ],
  failed: [
    400,
    'Not signed in',
    'What your identity provider answered could not be accepted. Sign in again; if it fails again, tell your operator.',
  ],
  away: [
    503,
    'Not signed in',
    'The identity provider cannot be reached for the moment. Sign in again shortly.',
  ],
  unavailable: [503, 'Not signed in', 'A part of the service is away for the moment. Sign in again shortly.'],
  not_a_member: [
    403,
    'You are no member here',
    'No workspace here has a member with your e-mail address. Ask an admin of yours to add you, then sign in again.',
  ],
  email_not_verified: [
    403,
    'Your e-mail address is not verified',
    'Your identity provider does not vouch for your e-mail address. Verify it there, then sign in again.',
  ],
} as const;

export type SignInFault = keyof typeof said;

const again = { href: `/${API}/session/sign-in`, text: 'Sign in' };

/** Status and page of a sign-in that did not succeed. */
export function signInPage(fault: SignInFault): { status: number; page: string } {
  const [status, title, text] = said[fault];
  return { status, page: plainPage(title, text, fault === 'not_configured' ? undefined : again) };
}
