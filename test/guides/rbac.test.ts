/** What docs/guides/rbac.md says is all that there is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RISKS } from '../../src/kubernetes/rbac-risks';

test('every rule of what grants more than it says is in the guide', () => {
  const guide = readFileSync(join(__dirname, '../../docs/guides/rbac.md'), 'utf8');
  for (const { code } of RISKS) expect(guide).toContain(`\`rbac/${code}\``);
});
