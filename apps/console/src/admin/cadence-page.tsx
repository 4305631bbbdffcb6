import { Page } from '../ui/page';

export default function CadencePage() {
  return <Page title="Cadence">…</Page>;
}
