/** Somebody who can sign in here. */
export interface Person {
  /** How the provider knows them, whatever becomes of their address. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly email_verified: boolean;
  /** What the list says beside the name. */
  readonly note?: string;
}

/** Always there, so that every outcome of a sign-in can be tried. */
const others: readonly Person[] = [
  {
    subject: 'sandbox-stranger',
    name: 'Stella Stranger',
    email: 'stella@elsewhere.example',
    email_verified: true,
    note: 'a member of nothing',
  },
  {
    subject: 'sandbox-unverified',
    name: 'Uma Unverified',
    email: 'admin@acme.example',
    email_verified: false,
    note: 'claims an address that nobody has verified',
  },
];

/** The people of the list, by subject. They can be changed while it runs, as a real directory is. */
export class People {
  private readonly bySubject = new Map<string, Person>();

  constructor(people: readonly Person[]) {
    for (const person of [...people, ...others]) this.put(person);
  }

  all(): Person[] {
    return [...this.bySubject.values()];
  }

  find(subject: string): Person | undefined {
    return this.bySubject.get(subject);
  }

  put(person: Person): void {
    this.bySubject.set(person.subject, person);
  }
}
