import { SYSTEMS_VARIABLE, type Systems } from '../../systems/facts';

/** What runs, as main.ts says. A suite that asks for something else has not declared it in suites/index.ts. */
export function system<K extends keyof Systems>(name: K): NonNullable<Systems[K]> {
  const facts = systemIfHad(name);
  if (facts === undefined) throw new Error(`${name} does not run; is it among the needs of this suite, and was the suite started by npm run conformance?`);
  return facts;
}

/** The same for a system that the suite only uses; undefined where it could not be had. */
export function systemIfHad<K extends keyof Systems>(name: K): Systems[K] {
  return (JSON.parse(process.env[SYSTEMS_VARIABLE] ?? '{}') as Systems)[name];
}
