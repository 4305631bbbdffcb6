// One service of the proofs as a process of its own. It kills itself at the step it is told to.
import 'reflect-metadata';

import { subscribe } from 'node:diagnostics_channel';

import { STEPS } from '../src/index.js';
import { FollowerModule, type Interfere } from './follower.js';
import { OwnerModule } from './owner.js';
import { startPart } from './start-part.js';

const { PART = '', PART_DATABASE_URL: url = '', PART_NATS_URL: natsUrl = '' } = process.env;
let deadly: string | undefined;

subscribe(STEPS, (message) => {
  const { step } = message as { step: string };
  if (step === deadly) process.kill(process.pid, 'SIGKILL');
});
process.on('message', ({ dieAt }: { dieAt?: string }) => (deadly = dieAt));

const nothing: { now: Interfere } = { now: () => undefined };
const options = { url, natsUrl };
await startPart(PART === 'owner' ? OwnerModule.with(options) : FollowerModule.with(options, nothing));
process.send?.({ ready: true });
