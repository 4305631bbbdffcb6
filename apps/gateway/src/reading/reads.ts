import { hash } from 'node:crypto';

import type { Perishable, VersionReader } from '@connections/read-model';

import { AnswerCache, type Answer } from './answer-cache.js';
import { Coalesced } from './coalesced.js';

/** Renders an answer; undefined where there is nothing to answer with. */
export type Render = () => Promise<Perishable<object> | undefined>;

/**
 * Answers reads out of bytes rendered once per version of the workspace. Every read waits for a version that was read
 * after it arrived, so each replica shows every write that was answered before, whatever it has cached.
 */
export class Reads {
  private readonly cache = new AnswerCache();
  private readonly rendering = new Map<string, { version: string; answer: Promise<Answer | undefined> }>();
  private readonly versions: Coalesced<string, string>;

  constructor(reader: VersionReader) {
    // With one at a time the process idles through a third of a busy time, waiting for the database.
    this.versions = new Coalesced((workspaceIds) => reader.workspaces(workspaceIds), 2);
  }

  /** `key` names the answer within the workspace: the operation and all its parameters. */
  async answer(workspaceId: string, key: string, render: Render): Promise<Answer | undefined> {
    const version = (await this.versions.get(workspaceId)) ?? '0';
    const cacheKey = `${workspaceId} ${key}`;
    const cached = this.cache.get(cacheKey);
    if (cached && cached.version === version && Date.now() < cached.staleAt) return cached;
    const underWay = this.rendering.get(cacheKey);
    if (underWay?.version === version) return underWay.answer;
    const answer = this.render(cacheKey, version, render);
    this.rendering.set(cacheKey, { version, answer });
    try {
      return await answer;
    } finally {
      if (this.rendering.get(cacheKey)?.answer === answer) this.rendering.delete(cacheKey);
    }
  }

  private async render(cacheKey: string, version: string, render: Render): Promise<Answer | undefined> {
    const rendered = await render();
    if (!rendered) return undefined;
    const bytes = Buffer.from(JSON.stringify(rendered.value));
    const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`;
    const answer = { bytes, etag, version, staleAt: rendered.staleAt ?? Infinity };
    this.cache.put(cacheKey, answer);
    return answer;
  }
}
