/** What comes back from a provider, read in a test that asserts its shape as it goes. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- typing every foreign answer would test the types, not the stand-in
export type Loose = any;
