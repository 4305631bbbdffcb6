import { findConnector, type SocialDefinition } from '@connections/connectors';
import { ConnectionReader, wireTime } from '@connections/read-model';
import { InvalidCursor, SocialReader, type PostPage } from '@connections/record-store';
import { Controller, Param, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { TheCaller, type Caller } from '../access/caller.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { Optional } from '../input/optional.js';
import { invalidCursor, limitOf, PageQuery } from '../input/paging.js';
import { notFound } from '../refusal/refusals.js';
import { changeOf, engagementOf, startOf } from './engagement.js';
import { socialSchema } from './social.schema.js';

const STANDARD_PAGE = 50;
const DAY_MS = 86_400_000;
const ranges = { '7d': 7, '30d': 30, '90d': 90 } as const;
const rangeNames = Object.keys(ranges);

export class SocialQuery extends PageQuery {
  @ApiPropertyOptional({ enum: rangeNames, default: '30d', description: 'Of followers and engagement.' })
  @Optional()
  @IsIn(rangeNames, { message: `must be one of ${rangeNames.join(', ')}` })
  range?: keyof typeof ranges;
}

@ApiTags('social')
@Controller(API)
export class SocialController {
  constructor(
    private readonly connections: ConnectionReader,
    private readonly social: SocialReader,
  ) {}

  @Operation({
    id: 'connections.get_social',
    method: 'GET',
    path: 'connections/:id/social',
    scope: 'connections:read',
    summary: 'Followers and engagement of a social account by day, and all its posts, newest first',
    answer: socialSchema,
    query: SocialQuery,
  })
  async get(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: SocialQuery,
  ): Promise<object> {
    const found = await this.connections.find(caller.workspaceId, pathId(id));
    const definition = found && findConnector(found.row.connector_type)?.social;
    if (!definition) throw notFound();
    const { id: connectionId, external_account_id, handle, display_name } = found.row;
    const account = { externalId: external_account_id ?? '', ...(handle !== null && { handle }) };
    const since = new Date(Date.now() - ranges[query.range ?? '30d'] * DAY_MS).toISOString().slice(0, 10);
    const days = { connectionId, account: account.externalId, since };
    const [followers, current, activity, page] = await Promise.all([
      this.social.followers({ ...days, stream: definition.followers }),
      this.social.currentFollowers({ ...days, stream: definition.followers }),
      this.activity(definition, days),
      this.posts(definition, connectionId, query),
    ]);
    return {
      account: {
        handle,
        display_name,
        external_account_id,
        url: external_account_id === null ? null : definition.accountUrl(account),
      },
      followers: {
        current,
        change: changeOf(followers),
        series: followers.map(({ day, followers: value }) => ({ at: startOf(day), value })),
      },
      engagement: engagementOf(activity),
      posts: page.posts.map(({ data, postedAt, likes, comments, shares, impressions }) => ({
        ...definition.post(data, account),
        posted_at: wireTime(new Date(postedAt)),
        likes,
        comments,
        shares,
        impressions,
      })),
      next_cursor: page.nextCursor,
    };
  }

  private activity(
    { activity, metrics }: SocialDefinition,
    days: { connectionId: string; account: string; since: string },
  ) {
    return activity === undefined
      ? this.social.activityOfPosts({ ...days, metrics })
      : this.social.activity({ ...days, stream: activity });
  }

  private async posts(
    { metrics }: SocialDefinition,
    connectionId: string,
    query: SocialQuery,
  ): Promise<PostPage> {
    try {
      return await this.social.posts({
        connectionId,
        metrics,
        limit: limitOf(query, STANDARD_PAGE),
        ...(query.cursor !== undefined && { cursor: query.cursor }),
      });
    } catch (error) {
      throw error instanceof InvalidCursor ? invalidCursor() : error;
    }
  }
}
