import * as words from '../../../data/words.js';
import { date, firstIds, revised, type Row, v2Time } from '../company.js';
import { beyondDouble, bigNumber } from './big-number.js';

const tierField = 'f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3';
const ledgerField = '0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d';

export function dealStatus({ state, fields }: Row): 'open' | 'won' | 'lost' | 'deleted' {
  return state.deletedAt !== null
    ? 'deleted'
    : fields.pick(1, ['open', 'open', 'open', 'won', 'lost'] as const);
}

function dealOf(stream: 'deals' | 'deals_archived') {
  return (row: Row) => {
    const { state, fields, company } = row;
    const status = dealStatus(row);
    const closed = v2Time(state.createdAt + 86_400_000 * (1 + fields.int(2, 60)));
    const stages = company.collection('stages').size;
    const stage = stages === 0 ? null : fields.int(3, stages);
    const archived = stream === 'deals_archived';
    return {
      id: firstIds[stream]! + row.index,
      title: revised(`${fields.pick(4, words.companies)} ${fields.pick(5, words.subjects)}`, row),
      value: fields.chance(6, 10) ? 0 : fields.int(7, 25_000_000) / 100,
      currency: fields.pick(8, words.currencies),
      status,
      stage_id: stage === null ? null : firstIds.stages! + stage,
      pipeline_id: stage === null ? null : firstIds.pipelines! + Math.floor(stage / 5),
      person_id: fields.chance(9, 10) ? null : company.reference('persons', fields, 10),
      org_id: fields.chance(11, 15) ? null : company.reference('organizations', fields, 12),
      owner_id: company.reference('users', fields, 13),
      creator_user_id: company.reference('users', fields, 14),
      add_time: v2Time(state.createdAt),
      update_time: v2Time(state.modifiedAt),
      stage_change_time: fields.chance(15, 40) ? null : v2Time(state.createdAt + 3_600_000),
      won_time: status === 'won' ? closed : null,
      lost_time: status === 'lost' ? closed : null,
      close_time: status === 'won' || status === 'lost' ? closed : null,
      expected_close_date: fields.chance(16, 30)
        ? null
        : date(state.createdAt + 86_400_000 * fields.int(17, 120)),
      probability: fields.chance(18, 60) ? null : fields.int(19, 101),
      lost_reason: status === 'lost' && fields.chance(20, 70) ? fields.pick(21, words.sentences) : null,
      label_ids: fields.chance(22, 50) ? [] : [1 + fields.int(23, 4)],
      is_deleted: state.deletedAt !== null,
      is_archived: archived,
      ...(archived && { archive_time: v2Time(state.modifiedAt) }),
      origin: 'ManuallyCreated',
      channel: null,
      source_lead_id: null,
      arr: null,
      mrr: null,
      acv: null,
      custom_fields: {
        [tierField]: fields.chance(24, 40) ? null : `Tier ${1 + fields.int(25, 3)}`,
        // A numeric custom field takes any integer: one in three is beyond 2^53.
        [ledgerField]: fields.chance(26, 33)
          ? bigNumber(beyondDouble + 2n * BigInt(row.index))
          : fields.int(27, 1e6),
      },
    };
  };
}

export const deal = dealOf('deals');
export const archivedDeal = dealOf('deals_archived');

export function pipeline(row: Row) {
  const { state, index } = row;
  return {
    id: firstIds.pipelines! + index,
    name: revised(index === 0 ? 'Pipeline' : `Pipeline ${index + 1} — Übersee 🌏`, row),
    order_nr: index,
    is_deleted: false,
    is_deal_probability_enabled: true,
    add_time: v2Time(state.createdAt),
    update_time: v2Time(state.modifiedAt),
  };
}

const stageNames = ['Qualified', 'Contact Made', 'Demo Scheduled', 'Proposal Made', 'Verhandlung'] as const;

export function stage(row: Row) {
  const { state, index } = row;
  return {
    id: firstIds.stages! + index,
    order_nr: index % 5,
    name: revised(stageNames[index % 5]!, row),
    is_deleted: false,
    deal_probability: 20 * (1 + (index % 5)),
    pipeline_id: firstIds.pipelines! + Math.floor(index / 5),
    is_deal_rot_enabled: false,
    days_to_rotten: null,
    add_time: v2Time(state.createdAt),
    update_time: v2Time(state.modifiedAt),
  };
}

export function product(row: Row) {
  const { state, fields, company, index } = row;
  return {
    id: firstIds.products! + index,
    name: revised(`${fields.pick(1, words.subjects)} pack`, row),
    code: fields.chance(2, 30) ? null : `SKU-${index}`,
    unit: fields.chance(3, 50) ? null : 'seat',
    tax: fields.int(4, 26),
    category: null,
    is_linkable: true,
    is_deleted: false,
    visible_to: 3,
    owner_id: company.reference('users', fields, 5),
    prices: [
      {
        product_id: firstIds.products! + index,
        price: fields.int(6, 100_000) / 100,
        currency: 'EUR',
        cost: 0,
      },
    ],
    add_time: v2Time(state.createdAt),
    update_time: v2Time(state.modifiedAt),
    custom_fields: {},
  };
}
