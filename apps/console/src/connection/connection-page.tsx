import { Page } from '../ui/page';

export default function ConnectionPage() {
  return <Page title="Connection">…</Page>;
}
