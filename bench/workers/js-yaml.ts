import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { byHand } from '../sample';
import { timed } from '../timed';

timed((n, outdir) => {
  const documents: string[] = [];
  for (let i = 0; i < n; i++) for (const manifest of byHand(i)) documents.push(dump(manifest));
  writeFileSync(join(outdir, 'shop.yaml'), documents.join('---\n'));
});
