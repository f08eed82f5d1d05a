/** What stands in pages between `table: name` and `/table`. */
import { auditTable } from './audit';
import { codesTable, errorCodesTable } from './codes/table';
import { matrixTable, refusedTable, togetherTable } from './matrix';
import { claimsTable, optInTable, tokenTable } from './providers';
import { alertsTable, tokenRefreshTable } from './tables';

const TABLES: { readonly [name: string]: () => string } = {
  'token-refresh': tokenRefreshTable,
  'alerts': alertsTable,
  'audit': auditTable,
  'opt-in': optInTable,
  'tokens': tokenTable,
  'claims': claimsTable,
  'error-codes': errorCodesTable,
  'codes': codesTable,
  'matrix': matrixTable,
  'matrix-refused': refusedTable,
  'matrix-together': togetherTable,
};

/** The page, with every table as it follows now. */
export function withTables(page: string): string {
  return page.replace(/^(<!-- table: (\S+) -->\n)[^]*?(^<!-- \/table -->$)/gm, (_match, head: string, name: string, end: string) => {
    const table = TABLES[name];
    if (table === undefined) throw new Error(`there is no table ${name}`);
    return `${head}\n${table()}\n\n${end}`;
  });
}
