import type { SignInChecks } from './identity-provider.js'

/** By what somebody shows who they are. */
export type SignedInBy = 'password' | 'provider'

/** A way to the provider and back that a browser has begun. */
export interface ProviderTrip extends SignInChecks {
  readonly purpose: 'sign_in' | 'tie'
  /** Local path to go to afterwards. */
  readonly next: string | null
  /** Milliseconds since 1970. */
  readonly begunAt: number
}
