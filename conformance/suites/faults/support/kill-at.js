// Loaded before the command line. Kills it before the call that SYMBOLON_KILL_AT counts to, of those that change the file
// system; without that, says at the end how many calls there were.
const fs = require('node:fs');

const at = Number(process.env.SYMBOLON_KILL_AT);
let calls = 0;
for (const name of ['mkdirSync', 'mkdtempSync', 'renameSync', 'rmSync', 'rmdirSync', 'writeFileSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (++calls === at) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
process.on('exit', () => {
  if (Number.isNaN(at)) fs.appendFileSync(process.env.SYMBOLON_CALLS, String(calls));
});
