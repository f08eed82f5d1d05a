import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

/** Parses every file of a folder, and keeps what comes of it, as whoever works with it has to. */
const [folder = ''] = process.argv.slice(2);
const documents = readdirSync(folder).map(file => loadAll(readFileSync(join(folder, file), 'utf8')));
if (documents.flat().length === 0) throw new Error(`there is nothing in ${folder}`);
