/** Runs jobs one at a time, in the order in which they came. */
export function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return function enqueue<Result>(job: () => Promise<Result>): Promise<Result> {
    const done = last.then(job)
    last = done.catch(() => undefined)
    return done
  }
}
