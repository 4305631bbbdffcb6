import { Page } from '../ui/page';

export default function AccessPage() {
  return <Page title="Access">…</Page>;
}
