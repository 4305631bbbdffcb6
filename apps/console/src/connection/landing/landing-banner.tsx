import { useEffect, useState } from 'react';

import type { Connection } from '../../api/connections';
import { OutcomeNotice } from '../../connections/connect/outcome-banner';
import { connectionRoute, useSetSearch } from '../route';
import { landingOutcome } from './landing-outcome';

/** Says how the way to the provider ended. The URL forgets it at once, so that a reload or a bookmark does not say it again. */
export function LandingBanner({
  connection,
  provider,
}: {
  readonly connection: Connection;
  readonly provider: string;
}) {
  const { connect } = connectionRoute.useSearch();
  const setSearch = useSetSearch();
  // What holds when one lands: a banner that changed its words with each later state would tell of something else.
  const [outcome] = useState(() => connect && landingOutcome(connect, connection, provider));
  const [closed, setClosed] = useState(false);
  useEffect(() => {
    if (connect !== undefined) setSearch({ connect: undefined }, { replace: true });
  }, [connect, setSearch]);
  if (!outcome || closed) return null;
  return <OutcomeNotice outcome={outcome} onClose={() => setClosed(true)} />;
}
