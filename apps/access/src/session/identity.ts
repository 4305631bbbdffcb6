import type { RpcRequest, SessionService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import type { EntityManager } from 'typeorm';

export interface SignedInMember {
  readonly workspaceId: string;
  readonly userId: string;
  readonly userName: string;
}

type Person = Pick<
  RpcRequest<typeof SessionService.method.signIn>,
  'issuer' | 'subject' | 'email' | 'emailVerified' | 'workspaceSlug'
>;

/**
 * The member that a person is. Who has signed in before is known by issuer and subject alone; a member who never has is
 * found by a verified e-mail address, and bound to this person from then on.
 * @throws DomainError not_a_member, email_not_verified
 */
export async function memberFor(manager: EntityManager, person: Person): Promise<SignedInMember> {
  const { issuer, subject, workspaceSlug } = person;
  const vouchedEmail = vouchedEmailOf(person);
  const [found]: (SignedInMember & { bound: boolean })[] = await manager.query(
    // Locked against a removal: a session of nobody would be refused by its foreign key.
    `SELECT m.workspace_id AS "workspaceId", m.user_id AS "userId", m.name AS "userName",
            i.subject IS NOT NULL AS bound
     FROM member m JOIN workspace w USING (workspace_id)
     LEFT JOIN member_identity i ON i.workspace_id = m.workspace_id AND i.user_id = m.user_id AND i.issuer = $1
     WHERE (i.subject = $2 OR (i.subject IS NULL AND m.email = $3)) AND ($4::text IS NULL OR w.slug = $4)
     ORDER BY i.subject IS NULL, m.added_at, m.workspace_id LIMIT 1 FOR KEY SHARE OF m`,
    [issuer, subject, vouchedEmail, workspaceSlug ?? null],
  );
  if (!found) throw refusal(person);
  const { bound, ...member } = found;
  if (!bound && !(await bind(manager, member, person))) throw refusal(person);
  return member;
}

/** The address that the provider vouches for, as members' are kept; null where it vouches for none. */
export const vouchedEmailOf = ({ email, emailVerified }: Pick<Person, 'email' | 'emailVerified'>) =>
  emailVerified && email ? email.toLowerCase() : null;

/** False when somebody else was first. */
async function bind(
  manager: EntityManager,
  { workspaceId, userId }: SignedInMember,
  { issuer, subject }: Person,
): Promise<boolean> {
  const identity = [workspaceId, userId, issuer, subject];
  await manager.query(
    `INSERT INTO member_identity (workspace_id, user_id, issuer, subject) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    identity,
  );
  const bound: unknown[] = await manager.query(
    `SELECT 1 FROM member_identity WHERE workspace_id = $1 AND user_id = $2 AND issuer = $3 AND subject = $4`,
    identity,
  );
  return bound.length > 0;
}

/** Told apart by what the provider says alone, not by who is a member: it must not tell which addresses are members'. */
function refusal({ emailVerified }: Person): DomainError {
  if (emailVerified) {
    return new DomainError(
      'not_a_member',
      'Nobody with this e-mail address is a member. Ask an admin to add you.',
    );
  }
  return new DomainError(
    'email_not_verified',
    'Your identity provider does not vouch for your e-mail address. Verify it there, then sign in again.',
  );
}
