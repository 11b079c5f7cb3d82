/**
 * Names the host's tenancy once for its whole program, so that what a framework hands around, such as `request.tenancy`
 * in Express, is typed by its resources and roles.
 *
 * @example
 * declare module '@tenantry/core' {
 *   interface Register {
 *     tenancy: typeof tenancy
 *   }
 * }
 */
// Empty until the host declares its own.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Register {}
