import { Page } from '../ui/page';

export default function MembersPage() {
  return <Page title="Members">…</Page>;
}
