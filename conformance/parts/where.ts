/** Prints where a part is, having it first if need be: `where.ts pulumi`. */
import { PARTS } from './index';

const part = PARTS[process.argv[2] as keyof typeof PARTS];
part.get().then(path => process.stdout.write(path), (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
