interface Fault {
  readonly title: string;
  readonly text: string;
}

/** Why somebody was not signed in, by the gateway's word for it, and what to do. */
export const faults: Readonly<Record<string, Fault>> & { readonly failed: Fault } = {
  not_configured: {
    title: 'Sign-in is not set up',
    text: 'This installation has no identity provider. Its operator sets OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; API keys work without.',
  },
  bad_return: {
    title: 'Not signed in',
    text: 'The address to come back to is no page of this site. Sign in to begin at the connections.',
  },
  unknown: {
    title: 'Not signed in',
    text: 'That sign-in was not begun in this browser, or more than ten minutes ago. Sign in again.',
  },
  denied: {
    title: 'Not signed in',
    text: 'Your identity provider did not let you in. Sign in again to try another account.',
  },
  failed: {
    title: 'Not signed in',
    text: 'What your identity provider answered could not be accepted. Sign in again; if it fails again, tell your operator.',
  },
  away: {
    title: 'The identity provider is away',
    text: 'It cannot be reached for the moment. Nothing is wrong with your account; try again shortly.',
  },
  unavailable: {
    title: 'A part of the service is away',
    text: 'Nothing is wrong with your account; try again shortly.',
  },
  not_a_member: {
    title: 'You are no member here',
    text: 'No workspace here has a member with your e-mail address. Ask an admin of yours to add you, then sign in again.',
  },
  email_not_verified: {
    title: 'Your e-mail address is not verified',
    text: 'Your identity provider does not vouch for your e-mail address. Verify it there, then sign in again.',
  },
};

export const reasons = {
  signed_out: 'You are signed out.',
  expired: 'Your session has ended. Sign in to go on where you were.',
  page: 'Sign in to open the page that you asked for.',
} as const;
