import type { AdmissionAction, AdmittedNamespace, AdmittedPods } from './input';
import { literal } from './texts';
import { checkAudience } from '../../core/audience';
import { complain, joinPath, type Report } from '../../core/issues';
import { checkDnsSubdomain } from '../../core/names';
import { fits, isMap, readShape, type Shape } from '../../core/shape';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime } from '../projected-token';

const ACTIONS: readonly AdmissionAction[] = ['Deny', 'Warn', 'Audit'];

const ALSO: Shape<AdmittedPods> = { namespace: 'text', serviceAccount: 'text?', audiences: 'map?', automount: 'yes or no?' };

/** What the CEL parser of the API server takes as one expression. https://github.com/google/cel-go/blob/master/parser/options.go */
const MAX_EXPRESSION = 100_000;

/** As the API server takes them: some, each once, and no warning of what is refused anyway. */
export function checkActions(actions: readonly unknown[], path: string, report: Report): void {
  const wrong = (got: unknown, expected: string, fix: string): void => complain(report, 'admission/actions', path, { expected, got, fix });
  const unknown = actions.find(action => !ACTIONS.includes(action as AdmissionAction));
  if (actions.length === 0) wrong(actions, `at least one of ${ACTIONS.join(', ')}`, 'leave it out for Deny');
  else if (unknown !== undefined) wrong(unknown, `one of ${ACTIONS.join(', ')}`, 'take Audit and Warn to look first, Deny to refuse');
  else if (new Set(actions).size < actions.length) wrong(actions, 'each of them once', 'take out the second');
  else if (actions.includes('Deny') && actions.includes('Warn')) wrong(actions, 'Deny or Warn, and not both', 'take out Warn: what is refused is said anyway');
}

/** What may run besides, in the namespaces of the definitions. */
export function checkAlso(also: readonly unknown[], namespaces: readonly string[], path: string, report: Report): readonly AdmittedPods[] {
  return also.map((given, i): AdmittedPods => {
    const at = joinPath(path, i);
    const entry = readShape<AdmittedPods>(given, ALSO, at, report);
    const { namespace, serviceAccount, audiences } = entry;
    if (namespace !== undefined && !namespaces.includes(namespace)) {
      complain(report, 'admission/namespace', `${at}.namespace`, { expected: `one of the namespaces of the definitions: ${namespaces.join(', ')}`, got: namespace, fix: 'take it out: other namespaces have no policy' });
    }
    if (serviceAccount !== undefined) checkDnsSubdomain(serviceAccount, `${at}.serviceAccount`, report, 'name the service account that the pods run as');
    if (isMap(audiences)) checkAudiences(audiences, `${at}.audiences`, report);
    if (isMap(given) && serviceAccount === undefined && audiences === undefined && entry.automount !== true) {
      complain(report, 'admission/nothing', at, { expected: 'a serviceAccount, audiences or automount: true', got: given, fix: 'say what is allowed besides, or take it out' });
    }
    return { ...entry, namespace: namespace ?? '' };
  });
}

function checkAudiences(audiences: { readonly [audience: string]: unknown }, path: string, report: Report): void {
  for (const [audience, seconds] of Object.entries(audiences)) {
    const at = joinPath(path, audience);
    checkAudience(audience, 'admission/audience', at, report, 'for the token that Kubernetes mounts by itself, say automount: true');
    if (fits(seconds, 'number', at, report)) checkLifetime(seconds as number, at, report, { min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, whose: 'Kubernetes takes no others' });
  }
}

/** Whether the policies of a namespace can be written down. The texts of messages say the same in more words, and so does the list that names the API server. */
export function checkSize({ namespace, accounts }: AdmittedNamespace, report: Report): void {
  const size = literal(Object.fromEntries(accounts)).length;
  const most = MAX_EXPRESSION / 2;
  if (size <= most) return;
  complain(report, 'admission/size', namespace, {
    expected: `at most ${most} characters for the service accounts of one namespace and their audiences`, got: size, fix: 'part the identities between namespaces: the API server takes no longer expression',
  });
}
