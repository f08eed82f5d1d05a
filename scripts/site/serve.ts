import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: { readonly [ending: string]: string } = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2' };

/** Serves a folder on the loopback address, as any server of files would. */
export async function serve(folder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)).replace(/^(\.\.[\\/])+/, '');
    const file = [path, `${path}.html`, join(path, 'index.html')].map(each => join(folder, each)).find(each => existsSync(each) && statSync(each).isFile());
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': TYPES[extname(file ?? '.html')] ?? 'application/octet-stream' });
    if (file === undefined) response.end('not there');
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>(done => { server.listen(0, '127.0.0.1', done); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise(done => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}
