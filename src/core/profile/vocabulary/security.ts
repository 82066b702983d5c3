import type { Technology } from './technology.ts';

/** What protects data and access, as instructions name it. */
export const security: readonly Technology[] = [
  { id: 'oauth2', label: 'OAuth 2.0', names: ['oauth 2.0', 'oauth 2', 'oauth2', 'oauth'] },
  { id: 'openid-connect', label: 'OpenID Connect', names: ['openid connect', 'oidc'] },
  { id: 'saml', label: 'SAML', names: ['saml', 'saml 2.0'] },
  { id: 'jwt', label: 'JWT', names: ['jwt', 'json web token', 'json web tokens'] },
  {
    id: 'mfa',
    label: 'Multi-factor authentication',
    names: ['mfa', '2fa', 'multi-factor authentication', 'two-factor authentication', 'zwei-faktor-authentifizierung'],
  },
  { id: 'rbac', label: 'Role-based access control', names: ['rbac', 'role-based access control', 'role-based access'] },
  { id: 'abac', label: 'Attribute-based access control', names: ['abac', 'attribute-based access control'] },
  {
    id: 'row-level-security',
    label: 'Row-level security',
    names: ['row-level security', 'row level security policies'],
  },
  {
    id: 'encryption-at-rest',
    label: 'Encryption at rest',
    names: ['encryption at rest', 'encrypted at rest', 'data-at-rest encryption', 'tde', 'transparent data encryption'],
  },
  {
    id: 'encryption-in-transit',
    label: 'Encryption in transit',
    names: ['encryption in transit', 'encrypted in transit', 'tls 1.2', 'tls 1.3', 'mtls', 'mutual tls'],
  },
  {
    id: 'field-level-encryption',
    label: 'Encryption of fields',
    names: ['field-level encryption', 'column-level encryption', 'column encryption'],
  },
  {
    id: 'pseudonymisation',
    label: 'Pseudonymisation',
    names: ['pseudonymisation', 'pseudonymization', 'pseudonymisierung', 'seudonimización'],
  },
  {
    id: 'tokenisation',
    label: 'Tokenisation',
    names: ['card tokenization', 'card tokenisation', 'payment tokenization', 'payment tokenisation'],
  },
  {
    id: 'audit-log',
    label: 'Audit log',
    names: ['audit log', 'audit logs', 'audit logging', 'audit trail', 'audit trails', 'audit-protokoll'],
  },
  {
    id: 'secrets-manager',
    label: 'Secrets manager',
    names: [
      'hashicorp vault',
      'aws secrets manager',
      'azure key vault',
      'secrets manager',
      'secret manager',
      'aws kms',
      'cloud kms',
    ],
  },
];
