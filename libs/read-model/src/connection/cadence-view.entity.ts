import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What overrides a connector's default cadence, fed by `catalog.connector_cadence` alone. */
@Entity('cadence_view')
export class CadenceView {
  @PrimaryColumn('text', { name: 'connector_type' })
  connectorType: string;

  /** The cadence's version that this row shows; who changes it waits for their own. */
  @Column('int')
  version: number;

  /** A preset such as `1h`; null where the default holds again. */
  @Column('text', { nullable: true })
  override: string | null;

  /** When it changed; null for what an older release wrote. */
  @Column('timestamptz', { name: 'changed_at', nullable: true })
  changedAt: Date | null;
}
