import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';

import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';

/** The same for what does not exist, what belongs to others, and what somebody may not know of. */
export function NotFoundPage() {
  return (
    <Page title="Not found">
      <EmptyState icon={Compass} title="There is nothing here for this workspace.">
        <p>Check the address, or whether you are in the right workspace.</p>
        <p>
          <Link to="/connections">To the connections</Link>
        </p>
      </EmptyState>
    </Page>
  );
}
