/** What the plugin is told, by `properties` in cdk8s.yaml. Files and folders are as seen from where cdk8s runs. */
export interface ValidationProperties {
  /**
   * Files and folders with the cloud half: what the clouds' own tools print, or what `symbolon synth` writes.
   * @default that of `definition`; without one nothing is proved, and the manifests are audited alone
   */
  readonly trust?: readonly string[];
  /** A definition file or an app: its clusters, and without `trust` its cloud half. */
  readonly definition?: string;
  /** Calls the functions that the definition file exports with this environment. */
  readonly env?: string;
  /** A file of facts for the definition: what `pulumi stack output --json` prints. */
  readonly facts?: string;
  /** The issuers of clusters, by their names: those that no definition has. */
  readonly clusters?: { readonly [name: string]: string };
  /** An evidence file: which cluster a manifest is for, which resource a policy belongs to. */
  readonly evidence?: string;
  /** Whether manifests are looked through for mistakes with tokens, as `symbolon audit` does. @default true */
  readonly audit?: boolean;
  /** What becomes of the synth where something cannot be decided by what was given. @default 'fail' */
  readonly undecided?: 'fail' | 'pass';
}

/** What cdk8s-cli hands to a plugin, as far as this one uses it. https://cdk8s.io/docs/latest/cli/synth/#validations */
export interface ValidationContext {
  /** The files that were synthesized. */
  readonly manifests: readonly string[];
  readonly report: ValidationReport;
}

/** Where violations go. */
export interface ValidationReport {
  addViolation(violation: ValidationViolation): void;
  submit(status: 'success' | 'failure', metadata?: { [key: string]: string }): void;
}

/** What cdk8s-cli prints: a rule, and who breaks it. */
export interface ValidationViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: { readonly resourceName: string; readonly locations: string[]; readonly manifestPath: string }[];
}

/**
 * A validation plugin for `cdk8s synth`, which proves and audits what was synthesized, whoever wrote it, and stops the synth where it does not hold.
 * cdk8s-cli makes and calls it, by what cdk8s.yaml says under `validations`.
 *
 * https://cdk8s.io/docs/latest/cli/synth/
 */
export class SymbolonValidation {
  constructor(private readonly properties: ValidationProperties = {}) {}

  /** @throws SymbolonError when the properties are wrong, or what they name cannot be read */
  async validate(context: ValidationContext): Promise<void> {
    const { validate } = await import('./cli/validation/validate');
    await validate(this.properties, context);
  }
}
