import { readFile } from 'node:fs';
import { Metadata, credentials, type ChannelCredentials } from '@grpc/grpc-js';

// region: credentials
/** A channel whose calls carry the token as it is at each call. Never without TLS: grpc-js would refuse to combine them. */
export function tokenChannel(tokenFile: string, tls: ChannelCredentials = credentials.createSsl()): ChannelCredentials {
  const perCall = credentials.createFromMetadataGenerator((_call, done) => {
    readFile(tokenFile, 'utf8', (error, text) => {
      if (error !== null) return done(error);
      const metadata = new Metadata();
      metadata.set('authorization', `Bearer ${text.trim()}`);
      done(null, metadata);
    });
  });
  return credentials.combineChannelCredentials(tls, perCall);
}
// endregion
