/**
 * Consecutive integer ids [low, high) in the order of their decimal texts ("10" before "9"), without sorting
 * them: ids of one length are in the same order as numbers, so the whole is a merge of a few number ranges.
 */

/** Yields the ids in [low, high) whose text is greater than `after`, in text order. */
export function* inTextOrder(low: number, high: number, after = ''): Generator<number> {
  // One pointer for each length of id, each paired with its text.
  const heads = lengths(low, high)
    .map(([from, to]) => ({ next: firstAfter(from, to, after), to }))
    .filter((head) => head.next < head.to);
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) {
      if (String(heads[i]!.next) < String(heads[least]!.next)) least = i;
    }
    const head = heads[least]!;
    yield head.next++;
    if (head.next >= head.to) heads.splice(least, 1);
  }
}

/** How many ids in [low, high) have a text greater than `after`. */
export function countAfter(low: number, high: number, after: string): number {
  let count = 0;
  for (const [from, to] of lengths(low, high)) count += to - firstAfter(from, to, after);
  return count;
}

function lengths(low: number, high: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (let from = low; from < high;) {
    const to = Math.min(high, 10 ** String(from).length);
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}

/** The first id of a range of equally long ids whose text is greater than `after`, by bisection. */
function firstAfter(from: number, to: number, after: string): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (String(middle) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
