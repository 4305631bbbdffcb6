import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where `npm run build` puts the console; the same from the sources and from the build of the gateway. */
export const BUILT_CONSOLE = join(import.meta.dirname, '../../../console/dist');

export const SHELL = 'index.html';

/** Whether a build of the console lies in `directory`. */
export const isBuilt = (directory: string): boolean => existsSync(join(directory, SHELL));
