/** Something the person at the terminal can mend: its message is all they need to see. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
