import { eventually } from './eventually.js';

describe('eventually', () => {
  it('answers what the first successful attempt answers', async () => {
    let calls = 0;
    const attempt = () => {
      if (++calls < 3) throw new Error('not yet');
      return calls;
    };
    expect(await eventually(attempt, { intervalMs: 1 })).toBe(3);
  });

  it('takes a passing expectation, which answers nothing, for success', async () => {
    await expect(eventually(() => expect(1).toBe(1))).resolves.toBeUndefined();
  });

  it('retries false, and gives the last error in the end', async () => {
    await expect(eventually(() => false, { timeoutMs: 5, intervalMs: 1 })).rejects.toThrow('still false');
    const failing = () => Promise.reject(new Error('the reason'));
    await expect(eventually(failing, { timeoutMs: 5, intervalMs: 1 })).rejects.toThrow('the reason');
  });
});
