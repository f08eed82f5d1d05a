/**
 * What the suites are told of the systems that run, as JSON in an environment variable. A system that does not run is
 * left out.
 */
export interface Systems {
  readonly apiServer?: ApiServerFacts;
}

export interface ApiServerFacts {
  /** The path of a kubeconfig whose user may do everything. */
  readonly kubeconfig: string;
  /** The issuer of the tokens. */
  readonly issuer: string;
  /** `v1.36.3`. */
  readonly version: string;
  /** False for somebody's cluster, where nothing may be touched but what the suites made. */
  readonly own: boolean;
  /** In somebody's cluster: how the names begin of all namespaces, and of all things without one, that the suites make. They are removed at the end. */
  readonly prefix: string;
}

/** The variable that holds the {@link Systems}. */
export const SYSTEMS_VARIABLE = 'SYMBOLON_CONFORMANCE_SYSTEMS';
/** The file to which the suites add what belongs in the report, a JSON value on each line. */
export const NOTES_VARIABLE = 'SYMBOLON_CONFORMANCE_NOTES';
