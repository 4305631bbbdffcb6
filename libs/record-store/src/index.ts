export type { Checkpoint, PassState, RunTotals, StreamKey } from './checkpoint.js';
export type { PageRecord } from './content.js';
export { LeaseLost, type Held, type LeaseRequest } from './lease.js';
export { recordStoreMigrations } from './migrations/index.js';
export { openRecordReader, type OpenRecordReader } from './reader-pool.js';
export { InvalidCursor } from './record-cursor.js';
export {
  deletedFilters,
  ProgressReader,
  RecordReader,
  type DeletedFilter,
  type Query,
  type RecordFilter,
  type RecordPage,
  type StoredRecord,
  type StreamCount,
  type StreamWritten,
} from './record-reader.js';
export { RecordWriter, type PageResult, type PageWrite } from './record-writer.js';
export {
  postSorts,
  SocialReader,
  type Activity,
  type DayOf,
  type PostPage,
  type PostSort,
  type StoredPost,
} from './social-reader.js';
export { SliceResults, type SliceKey } from './slice-results.js';
