import type { Connection } from '../api/connections';
import { EmptyState } from '../ui/empty-state';
import { ChartLine } from 'lucide-react';

export default function SocialView({ connection }: { readonly connection: Connection }) {
  return (
    <EmptyState icon={ChartLine} title={`No charts of ${connection.name} yet.`}>
      <p>Its posts and its followers are under Records.</p>
    </EmptyState>
  );
}
