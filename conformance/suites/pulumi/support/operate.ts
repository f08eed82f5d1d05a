/** Runs one operation of a stack, by Pulumi's automation API: a program by itself, since a program's modules run once in a process. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as automation from '@pulumi/pulumi/automation';
import type { Operation, Operated, Step } from './stack';

const { LocalWorkspace, PulumiCommand, Stack } = createRequire(__filename)('@pulumi/pulumi/automation') as typeof automation;

/** The types of the automation API leave out what a project says of its plugins; its YAML does not. */
type ProjectSettings = automation.ProjectSettings & { readonly plugins: { readonly providers: Operation['plugins'] } };

async function operate({ root, folder, plugins, program, config, operation }: Operation): Promise<Omit<Operated, 'records'>> {
  const projectSettings: ProjectSettings = { name: 'program', runtime: 'nodejs', backend: { url: `file://${folder}/state` }, plugins: { providers: plugins } };
  const workspace = await LocalWorkspace.create({
    pulumiCommand: await PulumiCommand.get({ root }),
    workDir: folder,
    pulumiHome: `${folder}/home`,
    // What the module exports are the outputs, as they are to Pulumi's own way to run a program.
    program: () => Promise.resolve(createRequire(__filename)(program) as { readonly [name: string]: unknown }),
    projectSettings,
  });
  const stack = await Stack.createOrSelect('test', workspace);
  await stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])));
  const [steps, log]: [Step[], string[]] = [[], []];
  const onEvent = ({ resourcePreEvent, diagnosticEvent }: automation.EngineEvent): void => {
    const step = resourcePreEvent?.metadata;
    if (step !== undefined) steps.push({ op: String(step.op), urn: step.urn, type: step.type, inputs: step.new?.inputs ?? {}, keys: [...step.diffs ?? []] });
    if (diagnosticEvent !== undefined && ['warning', 'error', 'info#err'].includes(diagnosticEvent.severity)) log.push(diagnosticEvent.message);
  };
  const options = { onEvent, color: 'never' as const };
  const failure = await stack[operation](options).then(() => undefined, (error: Error) => error.message);
  const outputs = Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value as unknown]));
  return { ...(failure !== undefined && { failure }), steps, log, outputs };
}

const [, , asked = '', answer = ''] = process.argv;
void operate(JSON.parse(asked) as Operation).then(operated => writeFileSync(answer, JSON.stringify(operated)));
