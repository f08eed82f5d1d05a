/** How bad a finding is: an `error` stops the work, a `warning` is shown and leaves the decision to the user. */
export type Severity = 'error' | 'warning';

/**
 * One finding.
 *
 * `path` is where, in the words of the user's own definition (`trustedBy.aws.accountId`); `message` says what is
 * allowed, what was given and how to put it right.
 */
export interface Issue {
  /** Stable, `room/rule`: `token/lifetime`, `aws/role-name`. */
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
}

/** Where a check puts what it finds. */
export type Report = (issue: Issue) => void;

/** What a check has to say about one field. */
export interface Complaint {
  /** What would have been right, after the word "expected". */
  readonly expected: string;
  /** The value as it was given. Left out where there is nothing to show. */
  readonly got?: unknown;
  /** What to do about it. */
  readonly fix: string;
  /** @default 'error' */
  readonly severity?: Severity;
}

/** Files a finding: `trustedBy.aws.accountId: expected 12 digits, got "1234"; use the account that owns the role`. */
export function complain(report: Report, code: string, path: string, complaint: Complaint): void {
  const got = 'got' in complaint ? `, got ${show(complaint.got)}` : '';
  report({
    code,
    severity: complaint.severity ?? 'error',
    path,
    message: `${path === '' ? '' : `${brief(path)}: `}expected ${bounded(complaint.expected)}${got}; ${bounded(complaint.fix)}`,
  });
}

/** A value as it stands in a message: JSON, so that blanks and odd characters are seen, and never longer than a line. */
export function show(value: unknown): string {
  return brief(visible(brief(jsonOf(value) ?? (Array.isArray(value) ? `[${value.map(item => jsonOf(item) ?? UNSHOWN).join(',')}]` : UNSHOWN))));
}

/** What cannot be seen in the text, as JSON may write it. */
function visible(text: string): string {
  return text.replace(/(?! )[\p{C}\p{Z}]/gu, unseen => unseen.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
}

/** What is cyclic, or is still waiting for a fact, has no JSON. */
const UNSHOWN = 'a value that cannot be shown';

function jsonOf(value: unknown): string | undefined {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return String(value);
  try {
    // JSON has null for a number that is none.
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item)) ?? String(value);
  } catch {
    return undefined;
  }
}

/** Room for any list of ours; what users give may be longer. */
function bounded(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 1997)}...` : text;
}

function brief(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

const NONE: readonly Issue[] = [];

/** Takes findings in, each once: two edges that break the same rule at the same place are one finding. */
export class Findings {
  private seen: Map<string, Issue> | undefined;

  readonly report: Report = issue => {
    this.seen ??= new Map();
    this.seen.set(`${issue.code}\n${issue.message}`, issue);
  };

  get all(): readonly Issue[] {
    return this.seen === undefined ? NONE : [...this.seen.values()];
  }

  get errors(): readonly Issue[] {
    return this.seen === undefined ? NONE : this.all.filter(issue => issue.severity === 'error');
  }

  get warnings(): readonly Issue[] {
    return this.all.filter(issue => issue.severity === 'warning');
  }
}

/** The join of a path and a key, as a user would write it: `tokens.payments`, `runsAs[0]`, `tokens["a.b"]`. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const plain = /^[A-Za-z_$][\w$-]*$/.test(key);
  if (!plain) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Files findings about a part under the place that the part has in the whole: `trustedBy.aws` becomes `identities[0].trustedBy.aws`. */
export function under(at: string, report: Report): Report {
  return issue => {
    const path = `${at}${issue.path === '' || issue.path.startsWith('[') ? '' : '.'}${issue.path}`;
    const said = issue.path === '' ? `: ${issue.message}` : issue.message.slice(brief(issue.path).length);
    report({ ...issue, path, message: `${brief(path)}${said}` });
  };
}

/** Same text but for a `/` at the end: the most common of all federation mistakes. */
export function differOnlyInTrailingSlash(a: string, b: string): boolean {
  return a !== b && a.replace(/\/$/, '') === b.replace(/\/$/, '');
}
