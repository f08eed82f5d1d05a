import { jsonOf } from './json';
import { textOf } from './text';
import type { VerifyResult } from './verify';
import { FINDINGS } from '../../evidence';
import type { Paint } from '../colour';
import { junitOf } from '../findings/junit';
import { sarifOf } from '../findings/sarif';
import { LOCK_FINDINGS } from '../lock/findings';
import type { Format } from '../options';

/** The answer, as it was asked for. */
export function printed(format: Format, result: VerifyResult, paint: Paint, version: string): string {
  switch (format) {
    case 'text':
      return textOf(result, paint);
    case 'json':
      return jsonOf(result);
    case 'sarif':
      return sarifOf(result, { ...FINDINGS, ...LOCK_FINDINGS }, version);
    case 'junit':
      return junitOf('symbolon verify', passedIn(result), result.findings);
  }
}

function passedIn({ verdicts }: VerifyResult): readonly { readonly classname: string; readonly name: string }[] {
  return verdicts.filter(({ admitted }) => admitted).map(({ cluster, workload, provider, becomes }) => ({ classname: cluster, name: `${workload} becomes ${becomes} (${provider})` }));
}
