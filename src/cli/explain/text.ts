import type { BoundObject, Who } from './bearer';
import type { Explanation } from './explain';
import { shownMoment } from './time';
import { show } from '../../core/issues';
import type { Answer } from '../../proof/ask';
import type { Paint } from '../colour';

/** Who the bearer is, for whom the token is and until when, and who would take it. What stands in the token is shown as JSON, so that it can play no tricks on a terminal. */
export function textOf(explanation: Explanation, paint: Paint): string {
  const { token: { header, hash }, signature, bearer, clusters, time, answers, gaps, asked } = explanation;
  const { who, issuer, audiences, times: { issued, notBefore, warnAfter, expires } } = bearer;
  const moments = [['issued at', issued], ['valid from', notBefore === issued ? undefined : notBefore], ['counted as stale from', warnAfter], ['expires at', expires]] as const;
  const said = moments.flatMap(([what, seconds]) => (seconds === undefined ? [] : [`${what} ${shownMoment(seconds)}`]));
  const from = issuer === undefined ? 'it does not say' : `${show(issuer)}${clusters.length === 0 ? '' : ` (${clusters.join(', ')})`}`;
  const rows = [
    ['token', `sha256 ${hash}…, ${show(header.alg)}${header.kid === undefined ? '' : `, key ${show(header.kid)}`}`],
    ['signature', signature.state === 'valid' ? signature.says : paint(signature.state === 'invalid' || signature.state === 'none' ? 'bad' : 'warn', signature.says)],
    ['who', whoIn(who)],
    ['from', from],
    ['for', audiences.length === 0 ? 'nobody in particular' : audiences.map(show).join(', ')],
    ['until', said.length === 0 ? 'for ever' : `${said.join(', ')}${expires === undefined ? ', for ever' : ''}`],
  ] as const;
  return [
    ...rows.map(([name, value]) => `${paint('strong', name.padEnd(9))}  ${value}`),
    ...(time === undefined ? [] : [`${paint('strong', 'time'.padEnd(9))}  ${time.says === undefined ? `at ${shownMoment(time.at)} its time is neither over nor yet to come` : paint('bad', time.says)}`]),
    ...bearer.remarks.map(({ code, message }) => `${paint('warn', 'note')}: ${message} [${code}]`),
    ...gaps.map(gap => `${paint('warn', 'not read')}: ${gap}`),
    ...ordered(answers).map(answer => lineOf(answer, explanation, paint)),
    summaryOf(answers, asked),
  ].map(line => `${line}\n`).join('');
}

function whoIn({ subject, namespace, serviceAccount, pod, node, secret }: Who): string {
  const objects = [['pod', pod], ['node', node], ['Secret', secret]] as const;
  const bound = objects.flatMap(([what, object]) => (object === undefined ? [] : [`${what} ${named(object)}`]));
  const account = serviceAccount === undefined ? [] : [`service account ${namespace === undefined ? '' : `${show(namespace).slice(1, -1)}/`}${named(serviceAccount)}`];
  return [subject === undefined ? 'it does not say (no sub)' : show(subject).slice(1, -1), ...account, ...bound].join(', ');
}

function named({ name, uid }: BoundObject): string {
  return `${show(name).slice(1, -1)}${uid === undefined ? '' : ` (${show(uid).slice(1, -1)})`}`;
}

function ordered(answers: readonly Answer[]): readonly Answer[] {
  const rank = ({ admitted, decided }: Answer): number => (admitted ? 0 : decided ? 2 : 1);
  return [...answers].sort((a, b) => rank(a) - rank(b));
}

function lineOf({ provider, becomes, admitted, decided, by, reason, alsoAdmits }: Answer, { signature, time }: Explanation, paint: Paint): string {
  if (!admitted) return `${decided ? paint('bad', 'refused') : paint('warn', 'cannot decide')}: ${becomes} (${provider}): ${reason}`;
  const provisos = [...signature.state === 'valid' ? [] : ['if the signature is good'], ...time === undefined ? ['while its time lasts'] : []];
  const also = alsoAdmits.length === 0 ? '' : `; also ${alsoAdmits.join('; ')}`;
  return `${paint('good', 'would be taken')}: as ${becomes} (${provider})${by === undefined || by === becomes ? '' : `, by ${by}`}${provisos.length === 0 ? '' : `, ${provisos.join(' and ')}`}: ${reason}${also}`;
}

function summaryOf(answers: readonly Answer[], asked: boolean): string {
  if (!asked) return 'nobody was asked: give the clouds\' documents as well, to see who would take it';
  const taken = answers.filter(({ admitted }) => admitted).length;
  const open = answers.filter(({ admitted, decided }) => !admitted && !decided).length;
  return `${answers.length} cloud ${answers.length === 1 ? 'identity' : 'identities'} asked: ${taken} would take it, ${open} cannot be decided, ${answers.length - taken - open} refuse it`;
}
