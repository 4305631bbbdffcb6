import type { ErrorComponentProps } from '@tanstack/react-router';

import { ErrorNotice } from '../ui/error-notice';
import { Page } from '../ui/page';

/** What is shown in the place of a page that could not be shown. */
export function CrashedPage({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="Something went wrong">
      <ErrorNotice error={error} what="The page could not be shown." onRetry={reset} />
    </Page>
  );
}
