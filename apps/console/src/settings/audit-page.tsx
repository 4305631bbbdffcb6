import { Page } from '../ui/page';

export default function AuditPage() {
  return <Page title="Audit">…</Page>;
}
