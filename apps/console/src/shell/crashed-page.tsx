import type { ErrorComponentProps } from '@tanstack/react-router';

import { networkError } from '../api/errors';
import { ErrorNotice } from '../ui/error-notice';
import { Page } from '../ui/page';

/** A page's own code did not come: in the words of the three browsers. */
const NOT_LOADED = /dynamically imported module|importing a module script failed|unable to preload/i;

/** What is shown in the place of a page that could not be shown. */
export function CrashedPage({ error, reset }: ErrorComponentProps) {
  if (error instanceof Error && NOT_LOADED.test(error.message)) {
    return (
      <Page title="This page could not be loaded">
        <ErrorNotice
          error={networkError()}
          what="The server cannot be reached, or the console has been updated meanwhile."
          // What failed to load once is not asked for again by the same page.
          onRetry={() => location.reload()}
        />
      </Page>
    );
  }
  return (
    <Page title="Something went wrong">
      <ErrorNotice error={error} what="The page could not be shown." onRetry={reset} />
    </Page>
  );
}
