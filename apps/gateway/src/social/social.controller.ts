import { findConnector, type SocialDefinition } from '@connections/connectors';
import { ConnectionReader, RunReader, wireTime, type StreamWire } from '@connections/read-model';
import {
  InvalidCursor,
  postSorts,
  SocialReader,
  type PostPage,
  type PostSort,
} from '@connections/record-store';
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
import { followerDays } from './follower-days.js';
import { addDays, periodOf, ranges, split, type Period } from './period.js';
import { socialSchema } from './social.schema.js';

const STANDARD_PAGE = 50;
const rangeNames = Object.keys(ranges);

export class SocialQuery extends PageQuery {
  @ApiPropertyOptional({ enum: rangeNames, default: '30d', description: 'Of followers and engagement.' })
  @Optional()
  @IsIn(rangeNames, { message: `must be one of ${rangeNames.join(', ')}` })
  range?: keyof typeof ranges;

  @ApiPropertyOptional({
    enum: postSorts,
    default: 'posted_at',
    description:
      'Of posts, which are all of the account: the latest or the most first, those not counted last.',
  })
  @Optional()
  @IsIn(postSorts, { message: `must be one of ${postSorts.join(', ')}` })
  sort?: PostSort;
}

@ApiTags('social')
@Controller(API)
export class SocialController {
  constructor(
    private readonly connections: ConnectionReader,
    private readonly runs: RunReader,
    private readonly social: SocialReader,
  ) {}

  @Operation({
    id: 'connections.get_social',
    method: 'GET',
    path: 'connections/:id/social',
    scope: 'connections:read',
    summary: 'Followers and engagement of a social account by day, and all its posts',
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
    const period = periodOf(query.range ?? '30d', Date.now());
    const days = { connectionId, account: account.externalId, since: period.earliest };
    const { followerGains: gains } = definition;
    const [seen, gained, current, activity, fared, page] = await Promise.all([
      this.social.followers({ ...days, stream: definition.followers }),
      gains ? this.social.followerGains({ ...days, stream: gains.stream }, gains.fields) : [],
      this.social.currentFollowers({ ...days, stream: definition.followers }),
      this.activity(definition, days),
      this.runs.streams(connectionId),
      this.posts(definition, connectionId, query),
    ]);
    const { since, today } = period;
    const followers = followerDays(seen, gained, period.earliest, today);
    const inRange = followers.filter(({ day }) => day >= since);
    // By publication every day until today is told of.
    const told = definition.activity === undefined ? today : lastOf(activity, period);
    const engagement = split(activity, period, told);
    const { series: _series, ...previous } = engagementOf(engagement.previous);
    return {
      account: {
        handle,
        display_name,
        external_account_id,
        url: external_account_id === null ? null : definition.accountUrl(account),
      },
      followers: {
        current,
        change: changeOf(inRange),
        series: inRange.map(({ day, followers: value }) => ({ at: startOf(day), value })),
      },
      engagement: engagementOf(engagement.current),
      previous: {
        followers_change: changeOf(
          followers.filter(({ day }) => day >= addDays(since, -period.days) && day <= since),
        ),
        ...previous,
      },
      basis: definition.activity === undefined ? 'publication' : 'activity',
      as_of: asOf(definition, fared),
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
      const asked = {
        connectionId,
        metrics,
        limit: limitOf(query, STANDARD_PAGE),
        ...(query.cursor !== undefined && { cursor: query.cursor }),
      };
      const { sort = 'posted_at' } = query;
      return await (sort === 'posted_at' ? this.social.posts(asked) : this.social.postsBy(sort, asked));
    } catch (error) {
      throw error instanceof InvalidCursor ? invalidCursor() : error;
    }
  }
}

/** The last day of the range of which the provider has told; its last day where there is none. */
const lastOf = (days: readonly { readonly day: string }[], { since, today }: Period): string =>
  days.findLast(({ day }) => day >= since)?.day ?? today;

/** Everything that is shown is from then or later; null before anything of it was read. */
function asOf(
  { followers, metrics, activity, followerGains }: SocialDefinition,
  fared: readonly StreamWire[],
): string | null {
  const shown = new Set(['posts', followers, metrics, activity, followerGains?.stream]);
  const times = fared.filter(({ stream }) => shown.has(stream)).flatMap((one) => one.last_success_at ?? []);
  return times.sort()[0] ?? null;
}
