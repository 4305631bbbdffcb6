import { DatabaseServiceConfig, loadConfig } from '@connections/platform';

export class ProjectionConfig extends DatabaseServiceConfig {}

export const loadProjectionConfig = (): ProjectionConfig => loadConfig(ProjectionConfig, 'projection');
