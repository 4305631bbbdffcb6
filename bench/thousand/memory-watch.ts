import type { BenchHouse } from '../house.js';
import { residentMb } from '../resident.js';
import { round } from '../statistics.js';

/** Samples each second what the gateway, and the puller that there is, hold. */
export function watchMemory({ puller, gateway }: BenchHouse) {
  const samples = { puller: [] as number[], gateway: [] as number[] };
  let followed = puller;
  const timer = setInterval(() => {
    samples.gateway.push(round(residentMb(gateway.pid), 1));
    if (followed.running()) samples.puller.push(round(residentMb(followed.pid), 1));
  }, 1000);
  return {
    follow: (process: BenchHouse['puller']) => void (followed = process),
    stop: () => {
      clearInterval(timer);
      return samples;
    },
  };
}
