import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paintFor, type Paint } from './colour';
import { EXIT, failureOf } from './failure';
import { helpOn } from './help';
import type { Io } from './io';
import { readArguments, type GraphOptions, type SynthOptions, type VerifyOptions } from './options';
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
      case 'graph':
        return await runGraph(command.options, io);
    }
  } catch (error) {
    const failure = failureOf(error);
    if (json) io.stdout.write(`${JSON.stringify(failureDocument(failure), null, 2)}\n`);
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
  const { textOf, jsonOf, sarifOf, junitOf } = await import('./verify/formats');
  const formats = { text: () => textOf(result, paint), json: () => jsonOf(result), sarif: () => sarifOf(result, versionOf()), junit: () => junitOf(result) };
  io.stdout.write(formats[options.format]());
  if (!result.holds) return EXIT.findings;
  return result.decided ? EXIT.holds : EXIT.undecided;
}

/** A picture is neither right nor wrong: that it is there is all that is asked. */
async function runGraph(options: GraphOptions, io: Io): Promise<number> {
  const { graphFiles } = await import('./graph/graph');
  await graphFiles(options, io);
  return EXIT.holds;
}

function versionOf(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string }).version;
}
