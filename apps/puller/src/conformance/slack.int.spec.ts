import { startHouse, type House } from '../../test/house.js';

describe('Slack’s threads and channels', () => {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  }, 60_000);
  afterAll(() => house.close());
  afterEach(() => house.reset('slack'));

  it('a late reply is found, and moves its parent', async () => {
    const connection = await house.connection('slack');
    await house.run(connection, ['messages']);
    await house.change('slack', 'create', 'replies', 2);
    const { messages } = await house.run(connection, ['messages']);
    expect(messages).toMatchObject({ state: 'done', mode: 'incremental', recordsWritten: 4 });
  });

  it('a channel that we are not in any more is left out, and the run goes on', async () => {
    const connection = await house.connection('slack');
    await house.control('slack', {
      fail: { status: 400, variant: 'not_in_channel', times: 1, path: 'conversations.history' },
    });
    const { messages } = await house.run(connection, ['messages']);
    expect(messages).toMatchObject({ state: 'done' });
    expect(messages!.recordsWritten).toBeGreaterThan(2_400);
    expect(messages!.recordsWritten).toBeLessThanOrEqual(2_550);
  });
});
