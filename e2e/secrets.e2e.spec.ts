import { Browser, eventually } from '@connections/testing';
import { connect } from '@nats-io/transport-node';

import { Collector } from './house/collector.js';
import { House } from './house/house.js';
import { dumpDatabases, readTree } from './house/search.js';

/** How the stand-in's access and refresh tokens begin. */
const TOKEN = /eyJodWIiOi[\w-]{20,}/;

let collector: Collector;
let house: House;
/** Everything that went over the bus but the vault's own request/reply, which is where secrets may travel. */
let bus = '';
let unlisten: () => Promise<void>;

beforeAll(async () => {
  collector = await Collector.open();
  house = await House.open({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200', LOG_LEVEL: 'trace' },
  });
  const connection = await connect({ servers: house.nats.url });
  connection.subscribe('>', {
    callback: (_, message) => {
      if (!message.subject.startsWith('_INBOX.') && !message.subject.startsWith('rpc.oauth.')) {
        bus += `${message.subject} ${message.string()} ${String(message.headers)}\n`;
      }
    },
  });
  unlisten = () => connection.drain();
}, 90_000);

afterAll(async () => {
  await unlisten?.();
  await house?.close();
  await collector?.close();
});

it('keeps secrets out of events, logs, spans, errors, databases and every stream', async () => {
  const admin = house.client();
  const secrets: Record<string, string> = {
    'our own API key': admin.key,
    'an API key': 'sandbox_3001_plantedkey7f3a',
    'a refused API key': 'planted-refused-key-91c2',
    'a client secret': house.env.HUBSPOT_CLIENT_SECRET ?? '',
    'the platform token': house.env.X_BEARER_TOKEN ?? '',
    'the platform’s grant': house.env.LINKEDIN_REFRESH_TOKEN ?? '',
    // Of which all that LinkedIn issues are made here.
    'tokens of the platform’s grant': 'sandbox-linkedin-access-',
    'the vault key': (house.env.VAULT_KEYS ?? '').split(':')[1] ?? '',
  };
  const answers: string[] = [];

  const refused = await admin.post('/connections', {
    connector_type: 'pipedrive',
    api_key: secrets['a refused API key'],
  });
  expect(refused.status).toBe(400);
  answers.push(refused.text);
  const malformed = await admin.post('/connections', {
    connector_type: 'pipedrive',
    api_key: { x: secrets['an API key'] },
  });
  expect(malformed.status).toBe(400);
  answers.push(malformed.text);

  const pipedrive = await admin.connect({ connector_type: 'pipedrive', api_key: secrets['an API key'] });
  const x = await admin.connect({ connector_type: 'x', account_handle: 'acme' });
  const linkedin = await admin.connect({ connector_type: 'linkedin', account_handle: 'acme' });
  await admin.settled(linkedin.id);
  const { authorize_url } = await admin.connect({ connector_type: 'hubspot' });
  secrets['a state'] = new URL(authorize_url!).searchParams.get('state') ?? '';
  const consent = new URL(authorize_url!);
  consent.searchParams.set('sandbox_decision', 'approve');
  const callback = new URL((await fetch(consent, { redirect: 'manual' })).headers.get('location') ?? '');
  secrets['an authorization code'] = callback.searchParams.get('code') ?? '';
  await fetch(house.gateway + callback.pathname + callback.search, { redirect: 'manual' });

  const browser = new Browser(house.gateway);
  const signedIn = new URL(await browser.approach(`sandbox-${house.workspace().members[0]?.id}`));
  secrets['a code of a sign-in'] = signedIn.searchParams.get('code') ?? '';
  const trip = Buffer.from(browser.cookie('connections_sign_in')?.value ?? '', 'base64url').toString();
  for (const [name, value] of Object.entries(JSON.parse(trip) as Record<string, string>)) {
    if (name !== 'returnTo') secrets[`the ${name} of a sign-in`] = value;
  }
  await browser.visit(signedIn.href);
  secrets['a session’s token'] = browser.cookie('connections_session')?.value ?? '';
  answers.push((await browser.request('GET', 'me')).text, (await browser.request('GET', 'session')).text);

  // Tokens are drawn again during the run and after it: with expiry, refusal and refresh on the way.
  const hubspot = await eventually(async () => {
    const { body } = await admin.get<{ connections: { id: string }[] }>(
      '/connections?connector_type=hubspot',
    );
    return body.connections[0]!.id;
  });
  for (const id of [pipedrive.id, x.id, hubspot]) await admin.settled(id);
  await house.control('hubspot', { expire_tokens: true });
  await admin.post(`/connections/${hubspot}/sync`);
  await admin.settled(hubspot);
  answers.push(
    (await admin.get('/connections')).text,
    (await admin.get(`/connections/${hubspot}/runs`)).text,
  );

  for (const [name, secret] of Object.entries(secrets)) {
    expect({ name, long: secret.length >= 12 }).toEqual({ name, long: true });
  }
  const places = {
    answers: answers.join('\n'),
    logs: house.output(),
    spans: collector.raw,
    bus,
    'JetStream store': readTree(house.nats.storeDir),
    databases: await dumpDatabases(house.env.DATABASE_URL ?? ''),
  };
  for (const [place, text] of Object.entries(places)) {
    expect({ place, searched: text.length > 100 }).toEqual({ place, searched: true });
    expect({ place, token: TOKEN.exec(text)?.[0] }).toEqual({ place, token: undefined });
    for (const [name, secret] of Object.entries(secrets)) {
      for (const written of spellings(secret)) {
        expect({ place, name, found: text.includes(written) }).toEqual({ place, name, found: false });
      }
    }
  }
}, 120_000);

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
  ];
}
