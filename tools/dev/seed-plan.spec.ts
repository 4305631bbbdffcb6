import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { demoOf, devFile, plannedWorkspace, sandboxPeople, seedPlan } from './seed-plan.mjs';

let files: string;
beforeEach(() => void (files = mkdtempSync(join(tmpdir(), 'seed-plan-'))));
afterEach(() => rmSync(files, { recursive: true }));

describe('the plan of what is seeded', () => {
  it('is the same at every start', () => {
    expect(seedPlan(files)).toEqual(seedPlan(files));
  });

  it('gives an installation that was made without Demo that workspace, and leaves its keys as they are', () => {
    const workspaces = [plannedWorkspace(1, 'Acme', 'acme'), plannedWorkspace(2, 'Globex', 'globex')];
    writeFileSync(join(files, 'seed.json'), JSON.stringify({ workspaces }));
    const plan = seedPlan(files);
    expect(plan.workspaces.slice(0, 2)).toEqual(workspaces);
    expect(plan.workspaces.map(({ slug }) => slug)).toEqual(['acme', 'globex', 'demo']);
    expect(JSON.parse(readFileSync(join(files, 'seed.json'), 'utf8'))).toEqual(plan);
  });

  it('has one person in two workspaces, who signs in as one', () => {
    const plan = seedPlan(files);
    const ada = plan.workspaces
      .flatMap(({ members }) => members)
      .filter(({ email }) => email === 'admin@acme.example');
    expect(new Set(ada.map(({ id }) => id)).size).toBe(2);
    const people = sandboxPeople(plan);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(people.find(({ email }) => email === 'admin@acme.example')?.note).toBe(
      'admin of Acme, admin of Demo',
    );
  });

  it('lets the platform’s staff see the demo, and names its keys for scripts', () => {
    const plan = seedPlan(files);
    expect(demoOf(plan)?.members).toContainEqual(
      expect.objectContaining({ email: 'platform@amdahl.example', platform_role: 'superadmin' }),
    );
    const dev = devFile(plan, { gateway: 'http://g', sandbox: 'http://s', sandboxCredentials: {} });
    expect(Object.keys(dev.workspaces[2]!.keys)).toEqual(['admin', 'editor', 'viewer', 'read_only']);
  });
});
