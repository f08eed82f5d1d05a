import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paintFor, type Paint } from './colour';
import { EXIT, failureOf } from './failure';
import { helpOn } from './help';
import type { Io } from './io';
import { readArguments, type AuditOptions, type DiffOptions, type ExplainOptions, type FactsOptions, type GraphOptions, type GuardrailOptions, type SynthOptions, type VerifyOptions } from './options';
import { withoutTokens } from './redact';
import { tableOf } from './report/human';
import { failureDocument, resultDocument } from './report/machine';

/**
 * Runs the command line.
 *
 * @param argv  the arguments after the name of the program
 * @returns the exit code
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const json = argv.includes('--json') || argv.some((arg, i) => arg === '--format=json' || (arg === '--format' && argv[i + 1] === 'json'));
  const paint = paintFor(io);
  try {
    const command = readArguments(argv);
    switch (command.name) {
      case 'help':
        io.stdout.write(helpOn(command.topic));
        return EXIT.holds;
      case 'version':
        io.stdout.write(`${versionOf()}\n`);
        return EXIT.holds;
      case 'synth':
        return await runSynth(command.options, io, paint);
      case 'verify':
        return await runVerify(command.options, io, paint);
      case 'explain':
        return await runExplain(command.options, io, paint);
      case 'diff':
        return await runDiff(command.options, io, paint);
      case 'audit':
        return await runAudit(command.options, io, paint);
      case 'graph':
        return await runGraph(command.options, io);
      case 'facts':
        return await runFacts(command.options, io, paint);
      case 'guardrails':
        return await runGuardrails(command.options, io, paint);
    }
  } catch (error) {
    const failure = failureOf(error);
    if (json) io.stdout.write(`${withoutTokens(JSON.stringify(failureDocument(failure), null, 2))}\n`);
    else io.stderr.write(`${paint('bad', failure.code)}: ${failure.message}\n`);
    return failure.exit;
  }
}

async function runSynth(options: SynthOptions, io: Io, paint: Paint): Promise<number> {
  // The help and the version are there at once: everything else is loaded when there is work to do.
  const { synth } = await import('./synth');
  const result = await synth(options, io);
  if (options.json) {
    io.stdout.write(`${JSON.stringify(resultDocument(result), null, 2)}\n`);
  } else {
    for (const warning of result.warnings) io.stderr.write(`${paint('warn', 'warning')}: ${warning.message} [${warning.code}]\n`);
    io.stdout.write(tableOf(result, paint));
    if (!result.holds) io.stderr.write(`${paint('bad', 'It does not hold')}: nothing was written to ${options.out}.\n`);
  }
  return result.holds ? EXIT.holds : EXIT.findings;
}

async function runVerify(options: VerifyOptions, io: Io, paint: Paint): Promise<number> {
  const { verifyFiles } = await import('./verify/verify');
  const result = await verifyFiles(options, io);
  const { printed } = await import('./verify/formats');
  io.stdout.write(printed(options.format, result, paint, versionOf()));
  if (!result.holds) return EXIT.findings;
  return result.decided ? EXIT.holds : EXIT.undecided;
}

async function runExplain(options: ExplainOptions, io: Io, paint: Paint): Promise<number> {
  const { explain } = await import('./explain/explain');
  const explanation = await explain(options, io);
  const { textOf, jsonOf } = await import('./explain/formats');
  io.stdout.write(options.json ? jsonOf(explanation) : textOf(explanation, paint));
  // Whom a token opens nothing for is an answer as good as any; a signature that was to be checked and is wrong is none.
  return explanation.signature.state === 'invalid' ? EXIT.findings : EXIT.holds;
}

async function runDiff(options: DiffOptions, io: Io, paint: Paint): Promise<number> {
  const { diffFiles } = await import('./diff/diff');
  const difference = await diffFiles(options, io);
  const { textOf, jsonOf, markdownOf } = await import('./diff/formats');
  const formats = { text: () => textOf(difference, paint), json: () => jsonOf(difference), markdown: () => markdownOf(difference) };
  io.stdout.write(formats[options.format]());
  if (!difference.decided) return EXIT.undecided;
  return difference.changes.length > 0 ? EXIT.findings : EXIT.holds;
}

async function runAudit(options: AuditOptions, io: Io, paint: Paint): Promise<number> {
  const { auditFiles } = await import('./audit/audit');
  const result = await auditFiles(options, io);
  const { printed } = await import('./audit/formats');
  io.stdout.write(printed(options.format, result, paint, versionOf()));
  return result.holds ? EXIT.holds : EXIT.findings;
}

/** A picture is neither right nor wrong: that it is there is all that is asked. */
async function runGraph(options: GraphOptions, io: Io): Promise<number> {
  const { graphFiles } = await import('./graph/graph');
  await graphFiles(options, io);
  return EXIT.holds;
}

async function runFacts(options: FactsOptions, io: Io, paint: Paint): Promise<number> {
  const { factsOf } = await import('./facts/facts');
  const { warnings, printed, written } = await factsOf(options, io);
  for (const warning of warnings) io.stderr.write(`${paint('warn', 'warning')}: ${warning.message} [${warning.code}]\n`);
  if (printed !== undefined) io.stdout.write(printed);
  // Beside the document, which may go into a file.
  for (const line of written) io.stderr.write(`${line}\n`);
  return EXIT.holds;
}

async function runGuardrails(options: GuardrailOptions, io: Io, paint: Paint): Promise<number> {
  const { guardrails } = await import('./guardrails/guardrails');
  const { text, warnings } = await guardrails(options, io);
  for (const warning of warnings) io.stderr.write(`${paint('warn', 'warning')}: ${warning.message} [${warning.code}]\n`);
  const { giveOut } = await import('./output/text-file');
  giveOut(text, options.out, io);
  return EXIT.holds;
}

function versionOf(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string }).version;
}
