/** Settings by which the application has every route it can have; nothing answers at the provider's address. */
export const EVERY_ROUTE = {
  OIDC_ISSUER: 'https://127.0.0.1:9',
  OIDC_CLIENT_ID: 'hai-long',
  OIDC_CLIENT_SECRET: 'none',
} as const
