/** The same cases on every run, so that a red run can be run again. `SYMBOLON_SEED=random` looks for new ones, and names the seed when it finds one. */
import fc from 'fast-check';

const asked = process.env.SYMBOLON_SEED ?? '20261122';
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });
