/**
 * Runs a job one at a time. Whoever asks while it runs gets one more run that begins afterwards, shared by all who
 * asked meanwhile: each caller's run began after the call.
 */
export function oneAtATime<Result>(job: () => Promise<Result>) {
  let running: Promise<Result> | null = null
  let next: Promise<Result> | null = null

  function run(): Promise<Result> {
    const current = job().finally(() => {
      if (running === current) running = null
    })
    return (running = current)
  }

  return {
    run(): Promise<Result> {
      // Asked first: between two runs there is a moment in which none runs, and the next one is due already.
      if (next) return next
      if (!running) return run()
      const again = () => {
        next = null
        return run()
      }
      return (next = running.then(again, again))
    },
    /** Resolves when nothing runs and nothing waits to. */
    async idle(): Promise<void> {
      while (running ?? next) await (next ?? running)?.catch(() => {})
    },
  }
}
