import { Records1750000000001 } from './0001-records.js';
import { ReaderRole1750000000002 } from './0002-reader-role.js';
import { PostOrder1750000000003 } from './0003-post-order.js';

/** The record store's tables, in the database of the service `puller`. */
export const recordStoreMigrations = [Records1750000000001, ReaderRole1750000000002, PostOrder1750000000003];
