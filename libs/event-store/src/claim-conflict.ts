/** A unique key is held by another aggregate. The handler that knows what the key means turns it into an answer. */
export class ClaimConflict extends Error {
  override readonly name = 'ClaimConflict';

  constructor(
    readonly kind: string,
    readonly key: string,
    /** Id of the aggregate that holds it. */
    readonly ownerId: string,
  ) {
    super(`claim ${kind} is held by ${ownerId}`);
  }
}
