// A certified OpenID Connect provider with its own development sign-in pages (any name, any password), for tests alone.
// Prints "listening <address>" and ends when its standard input does, so that it never outlives the tests.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const jwk = (type, options) => generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' });

// Native applications may be sent back to any loopback port, which is not known before the tests' website has started.
const client = (id, more) => ({
  client_id: id,
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/signin-oidc'],
  post_logout_redirect_uris: ['http://127.0.0.1/signout-callback-oidc'],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  ...more,
});

const confidential = (algorithm) => client(`portal-${algorithm}`, {
  client_secret: 'a secret for tests, of this file alone',
  token_endpoint_auth_method: 'client_secret_post',
  id_token_signed_response_alg: algorithm,
});

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, {
    clients: [
      ...['RS256', 'PS256', 'ES256'].map(confidential),
      client('portal-public', { token_endpoint_auth_method: 'none' }),
    ],
    jwks: { keys: [jwk('rsa', { modulusLength: 2048 }), jwk('ec', { namedCurve: 'P-256' })] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key for tests'] },
    findAccount: (ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `${id} 花子`, preferred_username: id, email: `${id}@example.test` }),
    }),
  });
  server.on('request', provider.callback());
  console.log(`listening ${address}`);
});

process.stdin.on('end', () => process.exit(0)).resume();
