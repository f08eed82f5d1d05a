import type { PathOwner } from './check-paths';
import { complain, type Report } from '../core/issues';

const SEARCHED = 'programs and libraries are searched for by it';
const CODE = 'programs load code or options by it when they start';
const API = 'clients of the Kubernetes API find it by this';

/** Variables that a path in their place breaks the container by, and why. */
const TAKEN: { readonly [name: string]: string } = {
  PATH: SEARCHED,
  LD_LIBRARY_PATH: SEARCHED,
  PYTHONPATH: SEARCHED,
  PYTHONHOME: SEARCHED,
  NODE_PATH: SEARCHED,
  CLASSPATH: SEARCHED,
  LD_PRELOAD: CODE,
  LD_AUDIT: CODE,
  NODE_OPTIONS: CODE,
  JAVA_TOOL_OPTIONS: CODE,
  BASH_ENV: CODE,
  RUBYOPT: CODE,
  PERL5OPT: CODE,
  HOME: 'programs keep their files there',
  PWD: 'shells keep their folder in it',
  IFS: 'shells split words by it',
  KUBERNETES_SERVICE_HOST: API,
  KUBERNETES_SERVICE_PORT: API,
};

/** The name of a variable that is to hold a path: of a token, a file of a volume, or the token of a binding to an API of one's own. */
export function checkVariable(name: string, path: string, owner: PathOwner | 'jwt', report: Report): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    complain(report, `${owner}/env`, path, { expected: 'the name of an environment variable', got: name, fix: 'use A-Z, 0-9 and _, no digit first' });
  } else if (Object.hasOwn(TAKEN, name)) {
    complain(report, `${owner}/env`, path, { expected: 'a variable of its own', got: name, fix: `${TAKEN[name] ?? ''}, so that the container would break: choose another name` });
  }
}
