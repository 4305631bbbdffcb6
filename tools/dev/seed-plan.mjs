// What a development installation begins with. Ids are fixed, so seeding again changes nothing; keys are random,
// made once, and kept beside the data: the services store only their hashes.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const VIEWER = ['connections:read'];
const EDITOR = [...VIEWER, 'connections:write', 'connections:delete'];
const ADMIN = [...EDITOR, 'keys:manage', 'members:manage', 'settings:manage', 'audit:read'];
const PLATFORM = [...ADMIN, 'platform:read', 'platform:write'];

const people = {
  admin: { name: 'Ada Admin', role: 'admin', scopes: ADMIN },
  editor: { name: 'Edgar Editor', role: 'editor', scopes: EDITOR },
  viewer: { name: 'Vera Viewer', role: 'viewer', scopes: VIEWER },
};

const platformStaff = {
  email: 'platform@amdahl.example',
  name: 'Petra Platform',
  role: 'admin',
  platform_role: 'superadmin',
};

/** @typedef {{ key_id: string, name: string, user_id: string, scopes: string[], key: string }} PlannedKey */
/** @typedef {{ id: string, email: string, name: string, role: string, platform_role?: string }} PlannedMember */
/** @typedef {{ id: string, name: string, slug: string, members: PlannedMember[], keys: Record<string, PlannedKey> }} PlannedWorkspace */
/** @typedef {{ workspaces: PlannedWorkspace[] }} SeedPlan */

/**
 * The plan of this data directory, made at its first start.
 * @param {string} dataDir
 * @returns {SeedPlan}
 */
export function seedPlan(dataDir) {
  const file = join(dataDir, 'seed.json');
  /** @type {SeedPlan} */
  const plan = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { workspaces: [] };
  // An installation made by an earlier release gains what it lacks; what it has keeps its keys.
  const missing = planned.filter(({ slug }) => !plan.workspaces.some((one) => one.slug === slug));
  if (missing.length === 0) return plan;
  plan.workspaces.push(...missing.map(({ make }) => make()));
  writeFileSync(file, JSON.stringify(plan, null, 2) + '\n', { mode: 0o600 });
  return plan;
}

/** Two to work with, empty, and one that shows everything. */
const planned = [
  { slug: 'acme', make: () => plannedWorkspace(1, 'Acme', 'acme') },
  { slug: 'globex', make: () => plannedWorkspace(2, 'Globex', 'globex') },
  { slug: 'demo', make: demoWorkspace },
];

/** @param {SeedPlan} plan */
export const demoOf = ({ workspaces }) => workspaces.find(({ slug }) => slug === 'demo');

/**
 * The workspace Demo. Its admin is Acme's as well, the same person with one address, and the platform's staff look in.
 * @returns {PlannedWorkspace}
 */
function demoWorkspace() {
  const demo = plannedWorkspace(3, 'Demo', 'demo');
  const staff = { ...platformStaff, id: demo.id.replace(/0$/, '9') };
  const members = demo.members.map((member) =>
    member.role === 'admin' ? { ...member, email: 'admin@acme.example' } : member,
  );
  return { ...demo, members: [...members, staff] };
}

/**
 * A workspace with an admin, an editor and a viewer, and a key of each.
 * @param {number} number from 1 to 9999; its ids are made of it
 * @param {string} name
 * @param {string} slug
 * @returns {PlannedWorkspace}
 */
export function plannedWorkspace(number, name, slug) {
  const id = (/** @type {number} */ part) =>
    `0190a000-${String(number).padStart(4, '0')}-7000-8000-${String(part).padStart(12, '0')}`;
  const members = Object.entries(people).map(([who, { name: member, role }], index) => ({
    id: id(index + 1),
    email: `${who}@${slug}.example`,
    name: member,
    role,
  }));
  /** @type {Record<string, PlannedKey>} */
  const keys = Object.fromEntries(
    Object.entries(people).map(([who, { scopes }], index) => [who, plannedKey(who, id(index + 1), scopes)]),
  );
  keys.read_only = plannedKey('read_only', id(1), VIEWER);
  if (number === 1) {
    // Platform staff are members like any other, with a role at the platform besides.
    const staff = { ...platformStaff, id: id(9) };
    return {
      id: id(0),
      name,
      slug,
      members: [...members, staff],
      keys: { ...keys, platform: plannedKey('platform', staff.id, PLATFORM) },
    };
  }
  return { id: id(0), name, slug, members, keys };
}

/**
 * The members as the sandbox's OpenID provider knows them: a person for each address, of however many workspaces.
 * @param {SeedPlan} plan
 */
export function sandboxPeople({ workspaces }) {
  /** @type {Map<string, { subject: string, name: string, email: string, email_verified: boolean, note: string }>} */
  const people = new Map();
  for (const { name: workspace, members } of workspaces) {
    for (const { id, name, email, role } of members) {
      const known = people.get(email);
      const note = `${role} of ${workspace}`;
      if (known) known.note += `, ${note}`;
      else people.set(email, { subject: `sandbox-${id}`, name, email, email_verified: true, note });
    }
  }
  return [...people.values()];
}

/**
 * @param {string} name
 * @param {string} userId
 * @param {string[]} scopes
 * @returns {PlannedKey}
 */
function plannedKey(name, userId, scopes) {
  // 43 characters of 62 hold over 32 bytes; bytes from 248 on are dropped, or the first digits would come up more often.
  let digits = '';
  while (digits.length < 43) {
    for (const byte of randomBytes(64)) if (byte < 248 && digits.length < 43) digits += BASE62[byte % 62];
  }
  return { key_id: randomUUID(), name, user_id: userId, scopes, key: `amdahl_sk_live_${digits}` };
}

/**
 * What of a key may be stored: its hash, and the beginning by which its owner knows it.
 * @param {string} key
 */
export function stored(key) {
  return { keyHash: createHash('sha256').update(key).digest('hex'), prefix: key.slice(0, 19) };
}

/**
 * `.data/dev.json`: what scripts and tests need to know about a running installation.
 * @param {SeedPlan} plan
 * @param {{ gateway: string, sandbox: string, sandboxCredentials: object }} addresses
 */
export function devFile(plan, { gateway, sandbox, sandboxCredentials }) {
  return {
    gateway,
    sandbox,
    mcp: `${gateway}/mcp`,
    sign_in: `${gateway}/api/platform/v1/session/sign-in`,
    workspaces: plan.workspaces.map(({ id, name, slug, members, keys }) => ({
      id,
      name,
      slug,
      members: members.map(({ id: user, email, name: member, role }) => ({
        id: user,
        email,
        name: member,
        role,
      })),
      keys: Object.fromEntries(
        ['admin', 'editor', 'viewer', 'read_only'].map((who) => [who, keys[who]?.key]),
      ),
    })),
    platform_key: plan.workspaces[0]?.keys.platform?.key,
    sandbox_credentials: sandboxCredentials,
  };
}
