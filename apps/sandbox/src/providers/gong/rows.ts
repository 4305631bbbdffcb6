import * as words from '../../data/words.js';
import { type Account, revised, type Row, seconds } from '../account.js';

export interface ContentSelector {
  context?: 'None' | 'Basic' | 'Extended';
  exposedFields?: {
    parties?: boolean;
    content?: Partial<
      Record<'brief' | 'keyPoints' | 'outline' | 'topics' | 'trackers' | 'callOutcome', boolean>
    >;
    interaction?: { speakers?: boolean; questions?: boolean };
    collaboration?: { publicComments?: boolean };
  };
}

/** First ids of each kind; a call's needs nineteen digits, which no double holds. */
const firstIds = { users: 881_200_345n, workspaces: 440_011n, calls: 5_120_044_417_703_311_209n };
type Kind = keyof typeof firstIds;

/** Ids are decimal texts. */
export const idOf = (row: Row, kind: Kind): string => String(firstIds[kind] + BigInt(row.index));

function related(account: Account, stream: Kind, row: Row, field: number): string | null {
  const found = account.reference(stream, row.fields, field);
  return found ? idOf(found, stream) : null;
}

/** With the office's own offset: compared as text, instants would be out of order. */
function local(ms: number, offsetHours: number): string {
  const shifted = new Date(ms + offsetHours * 3_600_000).toISOString().slice(0, 19);
  return `${shifted}${offsetHours < 0 ? '-' : '+'}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`;
}

export const user = (row: Row) => ({
  id: idOf(row, 'users'),
  emailAddress: `user.${row.index}@company-${row.account.id}.example`,
  created: seconds(row.state.createdAt),
  active: row.fields.chance(1, 85),
  emailAliases: [],
  trustedEmailAddress: null,
  firstName: revised(row.fields.pick(2, words.firstNames), row),
  lastName: row.fields.pick(3, words.lastNames),
  title: row.fields.chance(4, 20) ? null : row.fields.pick(5, words.jobTitles),
  phoneNumber: row.fields.chance(6, 50) ? '' : `+1415555${1000 + row.index}`,
  extension: '',
  managerId: row.index === 0 ? null : String(firstIds.users + BigInt(row.fields.int(7, row.index))),
  spokenLanguages: [{ language: 'en-US', primary: true }],
});

export const workspace = (row: Row) => ({
  id: idOf(row, 'workspaces'),
  name: revised(row.index === 0 ? `Acme ${row.account.id} 🎧` : row.fields.pick(1, words.companies), row),
  description: row.fields.chance(2, 50) ? null : row.fields.pick(3, words.sentences),
});

const party = (row: Row, isHost: boolean) => ({
  id: String(91_000 + row.index * 2 + (isHost ? 0 : 1)),
  ...(isHost || !row.fields.chance(20, 20)
    ? { emailAddress: `${isHost ? 'host' : 'guest'}.${row.index}@example.test` }
    : {}),
  name: isHost ? row.fields.pick(21, words.firstNames) : row.fields.pick(22, words.lastNames),
  title: null,
  userId: isHost ? related(row.account, 'users', row, 2) : null,
  speakerId: String(7_000_000_000_000_000_000n + BigInt(row.index * 2 + (isHost ? 0 : 1))),
  affiliation: isHost ? 'Internal' : 'External',
  methods: ['Attendee'],
  context: [],
});

export function call(row: Row, selector: ContentSelector = {}): object {
  const { fields, state, account, index } = row;
  const { exposedFields: exposed = {}, context = 'None' } = selector;
  const isConference = fields.chance(3, 70);
  const { content = {}, interaction = {}, collaboration = {} } = exposed;
  const shown = <T>(yes: boolean | undefined, name: string, value: T) => (yes ? { [name]: value } : {});
  return {
    metaData: {
      id: idOf(row, 'calls'),
      url: `https://app.gong.io/call?id=${idOf(row, 'calls')}`,
      title: revised(fields.pick(4, words.subjects), row),
      // A conference is found by when it was scheduled for, and shows when it started.
      scheduled: isConference ? local(state.createdAt, -4) : null,
      started: local(state.createdAt + (isConference ? fields.int(5, 300) * 1000 : 0), -4),
      duration: 60 + fields.int(6, 5_000),
      primaryUserId: related(account, 'users', row, 2),
      direction: isConference ? 'Conference' : fields.pick(7, ['Inbound', 'Outbound']),
      system: isConference ? 'Zoom' : 'Outreach',
      scope: fields.pick(8, ['External', 'Internal', 'Unknown']),
      media: fields.pick(9, ['Video', 'Audio']),
      language: fields.pick(10, ['eng', 'deu', 'jpn', 'und']),
      workspaceId: related(account, 'workspaces', row, 1),
      ...(fields.chance(11, 50) ? { purpose: fields.pick(12, words.subjects) } : {}),
      meetingUrl: isConference ? `https://zoom.example/j/${900_000 + index}` : null,
      isPrivate: fields.chance(13, 5),
      calendarEventId: null,
      clientUniqueId: null,
      customData: null,
      sdrDisposition: null,
    },
    ...(context === 'None' ? {} : { context: [] }),
    ...shown(exposed.parties, 'parties', [party(row, true), party(row, false)]),
    content: {
      ...shown(content.brief, 'brief', fields.pick(14, words.sentences)),
      ...shown(content.keyPoints, 'keyPoints', [{ text: fields.pick(15, words.sentences) }]),
      ...shown(content.topics, 'topics', [{ name: 'Pricing', duration: fields.int(16, 300) }]),
      ...shown(content.trackers, 'trackers', [
        { id: '81', name: 'Mitbewerber', count: fields.int(17, 5), occurrences: [] },
      ]),
      ...shown(content.callOutcome && fields.chance(18, 30), 'callOutcome', {
        id: 'MEETING_BOOKED',
        category: 'ANSWERED',
      }),
    },
    interaction: {
      ...shown(interaction.speakers, 'speakers', [
        { id: party(row, true).speakerId, talkTime: fields.int(19, 900) },
      ]),
    },
    collaboration: { ...shown(collaboration.publicComments, 'publicComments', []) },
  };
}

/** Who says what; one in fifty lasted for hours. */
export function transcript(row: Row): object {
  const { fields, index } = row;
  const count = index % 50 === 7 ? 1_500 : 2 + fields.int(30, 6);
  const sentences = Array.from({ length: count }, (_, n) => ({
    start: n * 4_000,
    end: n * 4_000 + 3_500,
    text: n === 0 ? revised(fields.pick(31, words.sentences), row) : fields.pick(32 + n, words.sentences),
  }));
  return {
    callId: idOf(row, 'calls'),
    transcript: [
      { speakerId: party(row, true).speakerId, topic: 'Pricing', sentences: sentences.slice(0, 1) },
      { speakerId: party(row, false).speakerId, topic: null, sentences: sentences.slice(1) },
    ],
  };
}
