import type { Technology } from './technology.ts';

/** Services and protocols beside the database. */
export const integrations: readonly Technology[] = [
  {
    id: 'stripe',
    label: 'Stripe',
    names: ['stripe'],
    packages: ['pypi:stripe', 'maven:stripe-java', 'nuget:stripe.net', 'stripe'],
  },
  { id: 'paypal', label: 'PayPal', names: ['paypal'], packages: ['@paypal/*'] },
  {
    id: 'graphql',
    label: 'GraphQL',
    names: ['graphql'],
    packages: [
      'graphql',
      'pypi:graphene*',
      'pypi:strawberry-graphql',
      'maven:graphql-java',
      'maven:spring-boot-starter-graphql',
      'nuget:hotchocolate*',
    ],
  },
  {
    id: 'grpc',
    label: 'gRPC',
    names: ['grpc'],
    packages: ['@grpc/grpc-js', 'pypi:grpcio', 'maven:grpc-*', 'nuget:grpc.*'],
  },
  {
    id: 's3',
    label: 'Amazon S3',
    names: ['aws s3', 'amazon s3', 's3'],
    packages: ['@aws-sdk/client-s3', 'maven:s3', 'nuget:awssdk.s3'],
  },
  {
    id: 'sendgrid',
    label: 'SendGrid',
    names: ['sendgrid'],
    packages: ['@sendgrid/*', 'pypi:sendgrid', 'maven:sendgrid-java', 'nuget:sendgrid'],
  },
  {
    id: 'twilio',
    label: 'Twilio',
    names: ['twilio'],
    packages: ['twilio', 'pypi:twilio', 'maven:twilio', 'nuget:twilio'],
  },
  { id: 'auth0', label: 'Auth0', names: ['auth0'], packages: ['auth0'] },
  { id: 'keycloak', label: 'Keycloak', names: ['keycloak'], packages: ['keycloak-connect', 'nest-keycloak-connect'] },
  {
    id: 'oauth-google',
    label: 'Google sign-in',
    names: ['google sign-in', 'google oauth'],
    packages: ['passport-google-oauth*'],
  },
  { id: 'salesforce', label: 'Salesforce', names: ['salesforce'], packages: ['jsforce', 'pypi:simple-salesforce'] },
  { id: 'hubspot', label: 'HubSpot', names: ['hubspot'], packages: ['@hubspot/api-client'] },
  {
    id: 'adyen',
    label: 'Adyen',
    names: ['adyen'],
    packages: ['@adyen/api-library', 'pypi:adyen', 'maven:adyen-java-api-library', 'nuget:adyen'],
  },
  {
    id: 'braintree',
    label: 'Braintree',
    names: ['braintree'],
    packages: ['braintree', 'pypi:braintree', 'maven:braintree-java', 'nuget:braintree'],
  },
  {
    id: 'sentry',
    label: 'Sentry',
    names: ['sentry'],
    packages: ['@sentry/*', 'pypi:sentry-sdk', 'maven:sentry*', 'nuget:sentry*'],
  },
  { id: 'slack', label: 'Slack', names: ['slack'], packages: ['@slack/*', 'pypi:slack-sdk'] },
  {
    id: 'azure-blob',
    label: 'Azure Blob Storage',
    names: ['azure blob storage', 'azure storage'],
    packages: ['@azure/storage-blob', 'pypi:azure-storage-blob', 'nuget:azure.storage.blobs'],
  },
  {
    id: 'gcs',
    label: 'Google Cloud Storage',
    names: ['google cloud storage'],
    packages: ['@google-cloud/storage', 'pypi:google-cloud-storage', 'maven:google-cloud-storage'],
  },
  {
    id: 'minio',
    label: 'MinIO',
    names: ['minio'],
    packages: ['minio', 'pypi:minio', 'maven:minio', 'nuget:minio'],
    images: ['minio/minio'],
  },
  {
    id: 'mqtt',
    label: 'MQTT',
    names: ['mqtt'],
    packages: ['mqtt', 'pypi:paho-mqtt', 'maven:org.eclipse.paho.client.mqttv3', 'nuget:mqttnet'],
    images: ['eclipse-mosquitto'],
  },
];
