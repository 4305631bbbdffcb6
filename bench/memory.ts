import { progress, type Bench } from './bench.js';
import { onlyDeals, openHouse } from './house.js';
import { residentMb } from './resident.js';
import { median, round, slope } from './statistics.js';

/** Resident memory of a puller, sampled each second while it pulls a million records. */
export const memory: Bench = {
  name: 'memory',
  title: 'resident memory of a puller over 1,000,000 records',
  async run(scale) {
    const records = Math.round(1_000_000 * scale);
    const { house, puller } = await openHouse();
    try {
      await house.control('pipedrive', onlyDeals(records));
      const client = house.client();
      const started = performance.now();
      const samples: [seconds: number, mb: number][] = [];
      const sample = () =>
        samples.push([round((performance.now() - started) / 1000, 1), round(residentMb(puller.pid), 1)]);
      const { id } = await client.connect({ connector_type: 'pipedrive', api_key: 'sandbox_1001' });
      const timer = setInterval(sample, 1000);
      const settled = await client.settled(id, 900_000).finally(() => clearInterval(timer));
      const seconds = (performance.now() - started) / 1000;
      sample();
      const written = settled.last_run?.records_written ?? 0;
      if (written < records) throw new Error(`${written} records were written, ${settled.health}`);

      const half = samples.slice(Math.floor(samples.length / 2));
      const half_mb = half.map(([, mb]) => mb);
      const growth = slope(half) * ((half.at(-1)?.[0] ?? 0) - (half[0]?.[0] ?? 0));
      progress(`${round(records / seconds, 0)} records/s, ${half_mb.join(' ')} MB in the second half`);
      return {
        findings: [
          {
            what: `most resident memory over ${records} records`,
            value: Math.max(...samples.map(([, mb]) => mb)),
            unit: 'MB',
            target: { under: 250 },
          },
          {
            // Half a million more records that were kept would be hundreds of megabytes.
            what: 'growth over the second half, by the fitted line',
            value: growth,
            unit: 'MB',
            target: { under: 20 },
          },
        ],
        raw: {
          records,
          records_per_s: round(records / seconds, 0),
          second_half_median_mb: median(half_mb),
          samples_mb: samples.map(([, mb]) => mb),
        },
      };
    } finally {
      await house.close();
    }
  },
};
