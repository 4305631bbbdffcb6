import { buildSchema } from 'graphql';

/** What the documentation says of the types that are asked for. Arguments of `transcripts` are `Int`s. */
export const schema = buildSchema(`
scalar DateTime

type Query {
  user(id: String): User
  users: [User]
  contacts: [Contact]
  channels: [Channel]
  transcript(id: String!): Transcript
  transcripts(fromDate: DateTime, toDate: DateTime, limit: Int, skip: Int, mine: Boolean): [Transcript]
}

type User {
  user_id: String name: String email: String is_admin: Boolean num_transcripts: Int recent_meeting: String
  recent_transcript: String minutes_consumed: Float is_calendar_in_sync: Boolean
}
type Contact { email: String name: String picture: String last_meeting_date: String }
type Channel {
  id: String title: String is_private: Boolean created_by: String created_at: String updated_at: String
}
type ChannelRef { id: String }
type Owner { user_id: String email: String name: String }
type Speaker { id: Int name: String }
type Attendee { displayName: String email: String name: String phoneNumber: String location: String }
type Attendance { name: String join_time: String leave_time: String }
type MeetingInfo { fred_joined: Boolean silent_meeting: Boolean summary_status: String }
type Summary {
  overview: String short_summary: String gist: String bullet_gist: String shorthand_bullet: String outline: String
  keywords: [String] action_items: String topics_discussed: [String] meeting_type: String
  transcript_chapters: [String]
}
type Sentence {
  index: Int speaker_id: Int speaker_name: String text: String raw_text: String start_time: Float end_time: Float
}
type Transcript {
  id: String title: String date: Float dateString: String duration: Float organizer_email: String host_email: String
  participants: [String] privacy: String transcript_url: String meeting_link: String calendar_id: String
  cal_id: String calendar_type: String is_live: Boolean fireflies_users: [String] speakers: [Speaker]
  meeting_attendees: [Attendee] meeting_attendance: [Attendance] meeting_info: MeetingInfo channels: [ChannelRef]
  user: Owner summary: Summary sentences: [Sentence] audio_url: String video_url: String
}
`);
