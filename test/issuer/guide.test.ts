/** What docs/guides/self-hosted-issuer.md shows. */
import { issuerChange } from 'symbolon';

test('the steps of a change, in their order', () => {
  // region: change
  const steps = issuerChange({ from: 'https://old.example.com', to: 'https://new.example.com', longestTokenSeconds: 86400 });
  expect(steps.map(({ step }) => step)).toEqual(['publish', 'trust', 'sign', 'wait', 'stop-accepting', 'stop-trusting', 'stop-publishing']);
  // endregion
});
