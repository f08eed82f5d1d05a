import { main } from '../../src/cli/main';

export interface Request {
  readonly id: number;
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface Response {
  readonly id: number;
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

process.on('message', ({ id, args, cwd }: Request) => {
  process.chdir(cwd);
  let out = '';
  let err = '';
  const io = { stdout: { write: (text: string) => { out += text; } }, stderr: { write: (text: string) => { err += text; } }, isTTY: false, env: {}, cwd };
  const { write } = process.stderr;
  process.stderr.write = ((text: string) => { err += text; }) as unknown as typeof write;
  void main(args, io).then(code => {
    process.stderr.write = write;
    process.send?.({ id, code, out, err } satisfies Response);
  });
});
