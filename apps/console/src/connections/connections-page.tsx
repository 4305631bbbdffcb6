import { Page } from '../ui/page';

export default function ConnectionsPage() {
  return <Page title="Connections">…</Page>;
}
