const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The eighteen characters of an id that may have come with fifteen. The last three tell which of the others are capitals,
 * so that ids which differ in nothing else stay apart where case is lost. Other texts come back as they are.
 */
export function longId(id: string): string {
  if (!/^[0-9A-Za-z]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((from) => {
    const bits = [...id.slice(from, from + 5)].map((character, bit) =>
      /[A-Z]/.test(character) ? 1 << bit : 0,
    );
    return alphabet[bits.reduce((sum, bit) => sum + bit, 0)];
  });
  return id + suffix.join('');
}
