import { normaliseHandle } from './handle.js';

describe('normaliseHandle', () => {
  it.each([
    'acme-corp',
    '@Acme-Corp',
    ' ACME-CORP ',
    'company/acme-corp',
    'https://www.linkedin.com/company/acme-corp/',
    'linkedin.com/company/Acme-Corp/posts/?feedView=all',
    'https://de.linkedin.com/school/acme-corp',
    'https://www.linkedin.com/showcase/acme-corp#top',
  ])('takes %p for acme-corp', (input) => expect(normaliseHandle(input)).toBe('acme-corp'));

  it('reads a name of another alphabet out of its address, and leaves an id alone', () => {
    expect(normaliseHandle('https://www.linkedin.com/company/caf%C3%A9-m%C3%BCller')).toBe('café-müller');
    expect(normaliseHandle('https://www.linkedin.com/company/2414183/admin/feed')).toBe('2414183');
  });

  it.each(['https://www.linkedin.com/in/ada-lovelace', 'in/ada', '/pub/ada', 'https://LinkedIn.com/IN/ada/'])(
    'says that %p is a person, whom LinkedIn shows to nobody',
    (input) =>
      expect(() => normaliseHandle(input)).toThrow(
        expect.objectContaining({ fault: expect.objectContaining({ kind: 'handle_unsupported' }) }),
      ),
  );

  it.each([
    '',
    '@',
    'a b',
    '-',
    'https://example.com/company/acme',
    'https://www.linkedin.com/jobs/1',
    'a/b',
    '%E0%A4%A',
  ])('refuses %p', (input) => expect(normaliseHandle(input)).toBeUndefined());
});
