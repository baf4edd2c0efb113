// Runs JavaScript with the Node clients: a line of JSON in, { url, code }, and a line of JSON out, { answer }.
//
// The code is the body of an async function; what it throws is the answer too, as { error }. It sees the clients as
// they are, and two ways to sign in, `account` and `person`. Only `fetch` is ours: it leads to the local server.

import { generateKeyPairSync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { JWT, UserRefreshClient } from 'google-auth-library';
import { GoogleSpreadsheet } from 'google-spreadsheet';
import { google } from 'googleapis';

const AsyncFunction = (async () => {}).constructor;
const outward = globalThis.fetch;

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const key = {
  email: 'worker@example.iam.gserviceaccount.com',
  key: privateKey,
  scopes: ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive'],
};
const consent = { clientId: 'local', clientSecret: 'local', refreshToken: 'person' };

/** Reaches the local server where another would reach Google, and nobody else. */
function fetchFrom(local) {
  return (asked, options) => {
    const request = new Request(asked, options);
    const { origin, hostname, pathname, search } = new URL(request.url);
    if (origin !== local && !hostname.endsWith('.googleapis.com')) throw new Error(`${origin} is not Google`);
    return outward(new Request(new URL(pathname + search, local), request));
  };
}

async function answer({ url, code }) {
  globalThis.fetch = fetchFrom(url);
  const transporterOptions = { fetchImplementation: globalThis.fetch };
  const seen = {
    google,
    GoogleSpreadsheet,
    Readable,
    account: new JWT({ ...key, transporterOptions }),
    person: new UserRefreshClient({ ...consent, transporterOptions }),
  };
  const run = new AsyncFunction(...Object.keys(seen), code);
  return run(...Object.values(seen)).catch((error) => ({
    error: { name: error.name, message: error.message, status: error.response?.status },
  }));
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ answer: await answer(JSON.parse(line)) })}\n`);
}
