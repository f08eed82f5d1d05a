/** An API that accepts by JWKS, for one batch: tokens on stdin, and on stdout for each who it is, or why not. */
import { readFileSync } from 'node:fs';
import { verifierFor } from '../../../../examples/applications/node/accept-by-jwks';

const { accepting, tokens } = JSON.parse(readFileSync(0, 'utf8')) as { readonly accepting: Parameters<typeof verifierFor>[0]; readonly tokens: readonly string[] };

void verifierFor(accepting).then(async verify => {
  const answers = await Promise.all(tokens.map(token => verify(token).catch((error: unknown) => `refused: ${(error as Error).message}`)));
  process.stdout.write(JSON.stringify(answers));
});
