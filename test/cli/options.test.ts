import { GOOD_YAML, workspace } from './workspace';

const run = (...args: string[]): ReturnType<ReturnType<typeof workspace>['run']> => workspace().run(args);

describe('help', () => {
  test('tells the commands and the exit codes', async () => {
    const { code, out, err } = await run('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/symbolon synth FILE/);
    for (const exit of [0, 1, 2, 70, 130]) expect(out).toMatch(new RegExp(`^ {2}${exit} +\\S`, 'm'));
    expect((await run('-h')).out).toBe(out);
  });

  test('of synth tells every option, and what is read and written', async () => {
    const { code, out } = await run('synth', '--help');
    expect(code).toBe(0);
    for (const word of ['--env NAME', '--facts FILE', '--out DIR', '--json', '.yaml', '.mts', 'DIR/kubernetes/', 'DIR/cloud/', 'DIR/patches/']) expect(out).toContain(word);
  });

  test.each([[['--help']], [['synth', '--help']]])('fits on a terminal: %j', async args => {
    const { out } = await run(...args);
    expect(out.split('\n').filter(line => line.length > 124)).toEqual([]);
    expect(out).not.toMatch(/[ \t]$/m);
  });

  test('the version is that of the package', async () => {
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect((await run('--version')).out).toBe(`${version}\n`);
  });
});

describe('arguments that make no sense', () => {
  test.each([
    [[], /expected a command: synth/],
    [['synht'], /there is no command "synht"; did you mean synth\?/],
    [['verify-everything'], /there is no command "verify-everything"; the commands are: synth/],
    [['synth'], /expected a definition file or an app/],
    [['synth', 'a.yaml', 'b.yaml'], /expected one file, got a\.yaml b\.yaml/],
    [['synth', 'a.yaml', '--fact', 'f.json'], /there is no option --fact; did you mean --facts\?/],
    [['synth', 'a.yaml', '-x'], /there is no option -x/],
    [['synth', 'a.yaml', '--__proto__', 'x'], /there is no option --__proto__/],
    [['synth', 'a.yaml', '--out'], /--out needs a value: --out DIR/],
    [['synth', 'a.yaml', '--out='], /--out needs a value/],
    [['synth', 'a.yaml', '--out', '--json'], /--out needs a value/],
    [['synth', 'a.yaml', '--env', 'a', '--env', 'b'], /--env is given twice/],
    [['synth', 'a.yaml', '--json=yes'], /--json takes no value, got "yes"/],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out: args.includes('--json') ? '' : out }).toEqual({ code: 2, out: '' });
    expect(`${out}${err}`.replaceAll('\\"', '"')).toMatch(message);
    expect(`${out}${err}`).toContain('ERR_INPUT');
  });
});

describe('colour', () => {
  const coloured = async (io: object): Promise<boolean> => {
    const { out } = await workspace({ 'identity.yaml': GOOD_YAML }).run(['synth', 'identity.yaml'], io);
    return out.includes('\u001b[');
  };

  test('is for a terminal only, and not for everybody', async () => {
    expect(await coloured({ isTTY: true })).toBe(true);
    expect(await coloured({ isTTY: false })).toBe(false);
    expect(await coloured({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured({ isTTY: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(await coloured({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
  });

  test('leaves the columns where they are', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML });
    const plain = await space.run(['synth', 'identity.yaml']);
    const { out } = await space.run(['synth', 'identity.yaml'], { isTTY: true });
    expect(out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
  });

  test('is never in JSON', async () => {
    const { out } = await workspace({ 'identity.yaml': GOOD_YAML }).run(['synth', 'identity.yaml', '--json'], { isTTY: true });
    expect(out).not.toContain('\u001b');
  });
});

test('what nobody expects is told as a defect of symbolon, with the stack', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML });
  const broken = { write: () => { throw new TypeError('unthinkable'); } };
  const { code, err } = await space.run(['synth', 'identity.yaml'], { stdout: broken });
  expect(code).toBe(70);
  expect(err).toMatch(/^ERR_INTERNAL: TypeError: unthinkable\n +at [\s\S]*This is a defect of symbolon, please report it\.$/m);
});
