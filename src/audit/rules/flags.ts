import { data, list, type PodView, shown } from '../../proof/pods';
import { nameOf, type Rule } from '../rule';

/** Flags that stand in tutorials, and that the program does not know. */
const FLAGS: readonly { readonly flag: RegExp; readonly program: RegExp; readonly why: string; readonly fix: string }[] = [
  { flag: /ImplicitServiceAccountToken/, program: /kube-apiserver/, why: 'there has never been a feature gate ImplicitServiceAccountToken, and kube-apiserver does not start with a gate that it does not know', fix: 'take it out: projected tokens need no gate' },
  { flag: /^--?token-path(?:=|$)/, program: /oauth2-proxy/, why: 'oauth2-proxy has no flag token-path, and does not start with one', fix: 'take it out; to let callers in by their tokens, use skip-jwt-bearer-tokens and extra-jwt-issuers' },
];

export const DEAD_FLAGS: readonly Rule[] = [
  {
    code: 'audit/dead-flag',
    level: 'error',
    says: 'A flag that tutorials show and the program does not know: it does not start with it.',
    * pod(pod) {
      for (const { name, words, program } of commandsIn(pod)) {
        for (const { flag, program: of, why, fix } of FLAGS) {
          const said = words.find(each => flag.test(each));
          if (said !== undefined && of.test(program)) yield { object: nameOf(pod.object), part: `container ${name}`, message: `it is run with ${JSON.stringify(said.slice(0, 120))}: ${why}`, fix, names: { flag: said.slice(0, 120) } };
        }
      }
    },
    plan: [
      'Take {flag} out of {object}. What runs now runs without it, or does not run.',
      'Roll out one replica, see that it starts, then the others.',
    ],
  },
];

function commandsIn({ template }: PodView): readonly { readonly name: string; readonly words: readonly string[]; readonly program: string }[] {
  return list(data(template.spec).containers).map(({ name, image, command, args }) => {
    const words = [command, args].flatMap((each): readonly unknown[] => (Array.isArray(each) ? each : [])).flatMap(each => (typeof each === 'string' ? [each] : []));
    return { name: shown(name), words, program: `${typeof image === 'string' ? image : ''} ${words.join(' ')}` };
  });
}
