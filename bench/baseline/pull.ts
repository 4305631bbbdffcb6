// What a pull costs at least: the same pages fetched, parsed and upserted into an equal table, and nothing else.
import pg from 'pg';
import { request } from 'undici';

interface Answer {
  data: { id: number }[];
  additional_data: { next_cursor: string | null };
}

const { BASE_URL, API_KEY, DATABASE_URL, CONNECTION_ID } = process.env;
const db = new pg.Client(DATABASE_URL);
await db.connect();
const started = performance.now();
let records = 0;
for (let cursor: string | null = ''; cursor !== null;) {
  const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
  const url = `${BASE_URL}/api/v2/deals?limit=500&sort_by=id&sort_direction=asc${after}`;
  const { body } = await request(url, { headers: { 'x-api-token': API_KEY } });
  const page = (await body.json()) as Answer;
  await db.query(
    `INSERT INTO bare (connection_id, stream, external_id, hash, data)
     SELECT $1, 'deals', d ->> 'id', 0, d FROM jsonb_array_elements($2::jsonb) d
     ON CONFLICT (connection_id, stream, external_id) DO UPDATE SET data = excluded.data, updated_at = now()`,
    [CONNECTION_ID, JSON.stringify(page.data)],
  );
  records += page.data.length;
  cursor = page.additional_data.next_cursor;
}
process.send?.({ records, seconds: (performance.now() - started) / 1000 });
await db.end();
process.disconnect();
