import { request } from 'node:https';

/** Whether a server with a certificate of that authority answers anything but that it knows no such path. */
export function answers(url: string, ca: string): Promise<boolean> {
  return new Promise(resolve => {
    request(url, { ca, agent: false }, response => {
      response.resume();
      resolve(response.statusCode !== 404);
    }).on('error', () => resolve(false)).end();
  });
}
