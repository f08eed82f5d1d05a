import type { Provider } from '../provider';
import type { JwtBindingFields } from './binding';
import { check } from './check';
import { podSideOf } from './kubernetes';
import { settingsOf, type JwtSettings } from './settings';
import { trustOf } from './trust';

/** An API of your own that verifies tokens itself: what it is told is a document, and no cloud takes it. */
export const jwt: Provider<JwtBindingFields, JwtSettings> = {
  mechanisms: ['signature'],
  usualMechanism: 'signature',
  identityFields: ['audience'],
  settingsOf,
  check,
  checkTrust() {},
  audienceOf: edge => edge.settings.audience,
  handleOf: edge => edge.settings.audience,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
};
