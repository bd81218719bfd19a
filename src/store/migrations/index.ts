import { FirstTables1763880000001 } from './0001-first-tables.js'
import { ManagedByFiles1763880000005 } from './0005-managed-by-files.js'

/** In the order in which they run; a released one is never edited. */
export const migrations = [FirstTables1763880000001, ManagedByFiles1763880000005]
