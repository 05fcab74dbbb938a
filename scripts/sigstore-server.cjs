// Serves Fulcio, Rekor v1 and a timestamp authority on one loopback port, with the parts of @sigstore/mock.
//   node sigstore-server.cjs PORT FOLDER   (NODE_PATH names the folder that holds @sigstore/mock)
// The keys live as long as the process. Writes trusted_root.json, signing_config.json and token into FOLDER.
'use strict';
const { createHash, generateKeyPairSync } = require('crypto');
const { writeFileSync } = require('fs');
const http = require('http');
const path = require('path');
const mock = require('@sigstore/mock');
const pkijs = require('pkijs');
const asn1js = require('asn1js');

const [port, folder] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}`;
const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const pem = (label, bytes) => `-----BEGIN ${label}-----\n${base64(bytes)}\n-----END ${label}-----\n`;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const hash = (bytes) => ({ algorithm: 'sha256', value: sha256(bytes).toString('hex') });

// Rekor stores the hashes of a DSSE envelope in place of the envelope, and verifiers look for the signature there.
function asKept(entry) {
  if (entry.kind !== 'dsse') return entry;
  const { envelope, verifiers } = entry.spec.proposedContent;
  const { payload, signatures } = JSON.parse(envelope);
  return { ...entry, spec: {
    envelopeHash: hash(envelope),
    payloadHash: hash(Buffer.from(payload, 'base64')),
    signatures: signatures.map(({ sig }, i) => ({ signature: sig, verifier: verifiers[i] })),
  } };
}

// cosign sends the token in a header, other clients in the body.
const withToken = (request, header = '') =>
  ({ credentials: { oidcIdentityToken: header.replace(/^Bearer /, '') }, ...request });

// Clients send RFC 3161 requests; the mock takes the parts of one.
function timestampRequest(body) {
  const request = pkijs.TimeStampReq.fromBER(body);
  return {
    artifactHash: Buffer.from(request.messageImprint.hashedMessage.valueBlock.valueHexView),
    hashAlgorithmOID: request.messageImprint.hashAlgorithm.algorithmId,
    nonce: 0,
    policyOID: request.reqPolicy ?? '1.3.6.1.4.1.57264.2',
    certReq: request.certReq ?? false,
    rawNonce: request.nonce,
  };
}

async function main() {
  const keys = { ca: keyPair(), ct: keyPair(), log: keyPair(), tsa: keyPair() };
  const ctlog = await mock.initializeCTLog(keys.ct);
  const ca = await mock.initializeCA(keys.ca, ctlog);
  const tlog = await mock.initializeTLog(url, keys.log);
  const tsa = await mock.initializeTSA(keys.tsa);
  const tstInfo = tsa.tstInfo.bind(tsa);
  tsa.tstInfo = (request) => Object.assign(tstInfo(request), { nonce: request.rawNonce });

  const fulcio = mock.fulcioHandler(ca);
  const certify = (request, token) => fulcio.fn(JSON.stringify(withToken(request, token)));
  const routes = {
    '/api/v1/signingCert': async (body, token) => {      // cosign 2
      const content = Buffer.from(JSON.parse(body).publicKey.content, 'base64').toString();
      const { statusCode, response } = await certify({ publicKeyRequest: { publicKey: { content } } }, token);
      if (statusCode !== 201) return { statusCode, response };
      const { certificates } = JSON.parse(response).signedCertificateEmbeddedSct.chain;
      return { statusCode, type: 'application/pem-certificate-chain', response: certificates.join('') };
    },
    '/api/v2/signingCert': async (body, token) => {
      const { statusCode, response } = await certify(JSON.parse(body), token);
      return { statusCode: statusCode === 201 ? 200 : statusCode, type: 'application/json', response };
    },
    '/api/v1/log/entries': async (body) => {
      const kept = await tlog.log(asKept(JSON.parse(body)));
      const [uuid] = Object.keys(kept);
      return { statusCode: 201, type: 'application/json', response: JSON.stringify(kept),
        headers: { ETag: uuid, Location: `/api/v1/log/entries/${uuid}` } };
    },
    '/api/v1/timestamp': async (body) => ({
      statusCode: 201, type: 'application/timestamp-reply', response: await tsa.timestamp(timestampRequest(body)) }),
  };

  const start = new Date(Date.now() - 60_000).toISOString();
  const subject = (commonName) => ({ organization: 'sigstore.mock', commonName });
  const log = (keyId, publicKey) => ({
    baseUrl: url, hashAlgorithm: 'SHA2_256', logId: { keyId: base64(keyId) },
    publicKey: { rawBytes: base64(publicKey), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor: { start } } });
  const authority = (commonName, uri, ...certificates) => ({
    subject: subject(commonName), uri, validFor: { start },
    certChain: { certificates: certificates.map((rawBytes) => ({ rawBytes: base64(rawBytes) })) } });
  const service = (at) => [{ url: at, majorApiVersion: 1, validFor: { start }, operator: 'loopback' }];
  const write = (name, content) => writeFileSync(path.join(folder, name), content);
  write('trusted_root.json', JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(sha256(tlog.publicKey), tlog.publicKey)],
    certificateAuthorities: [authority('sigstore', url, ca.rootCertificate)],
    ctlogs: [log(ctlog.logID, ctlog.publicKey)],
    timestampAuthorities: [authority('tsa', url, tsa.intCertificate, tsa.rootCertificate)],
  }, null, 1));
  write('fulcio.pem', pem('CERTIFICATE', ca.rootCertificate));
  write('rekor.pem', pem('PUBLIC KEY', tlog.publicKey));
  write('ctlog.pem', pem('PUBLIC KEY', ctlog.publicKey));
  write('signing_config.json', JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: service(url), oidcUrls: service(url),
    rekorTlogUrls: service(url), rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: service(`${url}/api/v1/timestamp`), tsaConfig: { selector: 'ANY' },
  }, null, 1));
  // The mock of Fulcio reads the claims and checks no signature.
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  write('token', [{ alg: 'RS256', typ: 'JWT' }, { iss: 'https://issuer.loopback', aud: 'sigstore',
    sub: 'https://loopback/robot', iat: now, nbf: now - 60, exp: now + 86_400 }, 'unsigned'].map(part).join('.'));

  http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
      const route = request.method === 'POST' && routes[request.url.split('?')[0]];
      if (request.url === '/healthz') return response.end('ok');
      if (!route) return response.writeHead(404).end();
      const answer = await route(Buffer.concat(chunks), request.headers.authorization)
        .catch((e) => ({ statusCode: 400, response: String(e.stack) }));
      console.log(request.method, request.url, answer.statusCode, answer.statusCode < 300 ? '' : answer.response);
      response.writeHead(answer.statusCode, { 'Content-Type': answer.type ?? 'text/plain', ...answer.headers })
        .end(answer.response);
    });
  }).listen(Number(port), '127.0.0.1');
}

main();
