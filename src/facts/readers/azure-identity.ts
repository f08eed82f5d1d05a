import { parsed, said, type Form } from './text';
import { dataOf } from '../../kubernetes/data';
import type { Reader } from '../reader';

const ID: Form = {
  form: /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  expected: 'a GUID in lower case',
  fix: 'give all that az identity show prints, without --query',
};

/** Pods name a managed identity by its client id, roles are assigned to its principal id: both are Azure's to choose. https://learn.microsoft.com/en-us/cli/azure/identity#az-identity-show */
export const azureIdentity: Reader = {
  prints: ['az identity show'],
  read(document, report) {
    if (said(document.id)?.toLowerCase().includes('/providers/microsoft.managedidentity/userassignedidentities/') !== true) return undefined;
    const from = said(document.clientId) === undefined ? dataOf(document.properties) : document;
    const [clientId] = parsed(from.clientId, 'clientId', ID, report) ?? [];
    const [principalId] = parsed(from.principalId, 'principalId', ID, report) ?? [];
    return clientId === undefined || principalId === undefined ? {} : { about: `the managed identity ${said(document.name) ?? ''}`, bindingFacts: { clientId, principalId } };
  },
};
