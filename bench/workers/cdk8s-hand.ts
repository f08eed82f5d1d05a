import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { byHand } from '../sample';
import { timed } from '../timed';

timed((n, outdir) => {
  const app = new App({ outdir });
  const chart = new Chart(app, 'shop');
  for (let i = 0; i < n; i++) {
    // A construct for each app, with the same ids inside: with other keys for every object cdk8s takes several times as long.
    const scope = new Construct(chart, `app-${i}`);
    for (const manifest of byHand(i)) new ApiObject(scope, manifest.kind, manifest);
  }
  app.synth();
});
