/** An error that the user can fix. Its message is all they need to see. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
