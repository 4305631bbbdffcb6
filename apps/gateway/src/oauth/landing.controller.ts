import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { PAGE_POLICY, plainPage } from '../browser/plain-page.js';

const said: Readonly<Record<string, readonly [string, string]>> = {
  success: ['Connected', 'The first sync has been started. You can close this page.'],
  denied: ['Not connected', 'Access was not granted at the provider. Start again to approve it.'],
  expired: ['Not connected', 'The request was older than ten minutes. Start again.'],
  account_mismatch: [
    'Not connected',
    'Another account was approved than the one connected before. Start again with that one.',
  ],
  insufficient_scope: [
    'Not connected',
    'A permission that is needed was not granted. Start again and grant all of them.',
  ],
  failed: [
    'Not connected',
    'The provider did not complete the authorization. Start again; if it fails again, tell support.',
  ],
};

/** What a browser sees after the callback until the console exists: a plain page that holds nothing of the request. */
@ApiExcludeController()
@Controller('connections')
export class LandingController {
  @Get(['', ':id'])
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', PAGE_POLICY)
  page(@Query('connect') outcome: unknown): string {
    const known = typeof outcome === 'string' && Object.hasOwn(said, outcome) ? said[outcome] : undefined;
    const [title, text] = known ?? ['Connections', 'The API is at /api/platform/v1.'];
    return plainPage(title, text);
  }
}
