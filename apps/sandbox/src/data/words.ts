// Names and sentences of many scripts, with emoji, combining marks and right-to-left text: what breaks a puller
// that counts bytes for characters or trusts its column's collation.
export const firstNames = [
  'Ana', 'Björn', 'Chloé', 'Dmitri', 'Łucja', 'María José', 'Nguyễn', 'Owen', 'Siobhán', 'Zoë', '明', '美咲', 'يوسف', 'Ольга', 'Ravi', 'Ἑλένη',
] as const; // prettier-ignore
export const lastNames = [
  'Müller', "O'Brien", 'García-López', 'Þórsdóttir', 'Kowalski', 'Nakamura', '王', 'Петрова', 'حداد', 'Smith', 'Ødegård', 'd’Angelo', 'Šimić', 'Åkesson', 'Iyer', 'van der Berg',
] as const; // prettier-ignore
export const companies = [
  'Acme', 'Globex', 'Initech', 'Umbrella', 'Møller & Søn', 'Café Zürich', '株式会社さくら', 'Würth', 'Fjällräven', 'Naïve Labs', 'ООО Ромашка', 'Hooli', 'Stark', 'Wayne', 'Tyrell', 'Vandelay',
] as const; // prettier-ignore
export const companySuffixes = ['GmbH', 'Ltd', 'Inc.', 'S.A.', 'AB', '& Sons', 'Group', 'Labs'] as const;
export const jobTitles = [
  'CEO',
  'CTO',
  'Head of Sales',
  'Buyer',
  'Ingénieure',
  'Prokurist',
  'VP Growth',
] as const;
export const countries = [
  'Germany',
  'France',
  'United States',
  'Japan',
  'Brasil',
  'Türkiye',
  'Ísland',
] as const;
export const currencies = ['EUR', 'USD', 'GBP', 'JPY', 'SEK'] as const;
export const subjects = [
  'Renewal', 'Pilot 🚀', 'Upgrade', 'Kick-off', 'Angebot für Übergabe', 'Q3 rollout', 'Données manquantes', 'セキュリティ審査', 'Pricing “final”', 'Follow-up',
] as const; // prettier-ignore
export const sentences = [
  'They want to start next week.',
  'Asked for a discount; will decide after the board meets.',
  'Très satisfaite de la démo 👩🏽‍💻, rappeler lundi.',
  'Line one\nLine two\twith a tab and a "quote".',
  'Vertrag liegt beim Einkauf — Rückfrage zu § 4.',
  '来週までに見積もりが必要です。',
  'שלום, נדבר מחר',
  'Zalgo-free e\u0301 (combining) and \\backslashes\\ and <b>tags</b> & ampersands.',
] as const;
export const posts = [
  'We raised 🎉 Thank you to everyone who believed in us.',
  'New release: faster imports, calmer nights.',
  'Wir stellen ein! Schreibt uns — remote oder in Köln 🇩🇪',
  'データの接続がもっと簡単になりました。',
  'What does your team do on a Friday afternoon?',
  'Changelog of the week 🧵👇 https://example.test/changelog',
] as const;
