/** Runs index.ts under Pulumi's mocks, and prints what it registers and exports. */
import * as pulumi from '@pulumi/pulumi';

async function main(): Promise<void> {
  const resources: string[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      resources.push(`${type} ${name}`);
      const made = type.endsWith(':UserAssignedIdentity') ? { clientId: '00000000-0000-4000-8000-00000000c11e', principalId: '00000000-0000-4000-8000-0000000a11ce' } : {};
      return { id: `${name}-id`, state: { ...inputs, ...made } };
    },
    call: ({ inputs }) => inputs,
  });
  const { symbolon } = await import('./index');
  const facts = await new Promise(resolve => pulumi.all(symbolon).apply(resolve));
  await pulumi.runtime.disconnect();
  process.stdout.write(JSON.stringify({ resources: resources.sort(), facts }));
}

void main();
