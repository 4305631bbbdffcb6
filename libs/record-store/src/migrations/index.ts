import { Records1750000000001 } from './0001-records.js';
import { ReaderRole1750000000002 } from './0002-reader-role.js';

/** The record store's tables, in the database of the service `puller`. */
export const recordStoreMigrations = [Records1750000000001, ReaderRole1750000000002];
