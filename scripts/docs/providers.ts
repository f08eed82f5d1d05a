/** The comparison of providers: one row for each mechanism, from the facts that lie in the providers' folders. */
import { spoken, tableOf } from './tables';
import { facts as alibaba } from '../../src/providers/alibaba/facts';
import { facts as aws } from '../../src/providers/aws/facts';
import { facts as azure } from '../../src/providers/azure/facts';
import type { ProviderFacts } from '../../src/providers/facts';
import { facts as gcp } from '../../src/providers/gcp/facts';
import { facts as jwt } from '../../src/providers/jwt/facts';
import { facts as vault } from '../../src/providers/vault/facts';

/** Every provider has its rows, those that are only announced too. */
export const FACTS: readonly ProviderFacts[] = [...aws, ...azure, ...gcp, ...alibaba, ...vault, ...jwt];

const coded = (text: string): string => (/[` ]/.test(text) ? text : `\`${text}\``);
const named = ({ title, page }: ProviderFacts): string => `[${title}](${page})`;
const seconds = (n: number): string => (n > 86400 ? `${n} s` : spoken(n));

export function optInTable(): string {
  return tableOf(['', '`trustedBy`', 'what is written in the cluster', 'while the webhook is away', 'containers that are skipped, separated by'], FACTS.map(row => [
    named(row), `${row.provider}: ${row.mechanisms.map(coded).join(', ')}`, row.optIn, row.webhookAway ?? 'no webhook that could be', row.skipSeparator === undefined ? '' : `\`${row.skipSeparator}\``,
  ]));
}

export function tokenTable(): string {
  return tableOf(['', 'audience', 'lifetime', 'taken', 'others'], FACTS.map(row => [
    named(row), coded(row.audience),
    ...(row.lifetime === undefined ? ['', '', ''] : [seconds(row.lifetime.usual), `${seconds(row.lifetime.min)} to ${seconds(row.lifetime.max)}`, row.lifetime.others]),
  ]));
}

export function claimsTable(): string {
  return tableOf(['', 'the subject is compared with', 'the issuer is compared with'], FACTS.map(row => [named(row), row.subject, row.issuer]));
}
