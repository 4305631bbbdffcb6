/** A fault that its reader can mend: printed as its one sentence, without a stack trace. */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}
