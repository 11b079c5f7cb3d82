/** FIFO mutex. */
export interface FairQueue {
  enter(): Promise<void>
  leave(): void
}

export function fairQueue(): FairQueue {
  let occupied = false
  let waiting: (() => void)[] = []
  // Those before `next` have been let in; shifting them out one by one would make a long queue slow.
  let next = 0

  return {
    enter() {
      if (occupied) return new Promise((resolve) => waiting.push(resolve))
      occupied = true
      return Promise.resolve()
    },
    leave() {
      const admit = waiting[next]
      if (!admit) {
        occupied = false
        waiting = []
        next = 0
        return
      }
      next += 1
      if (next > 1000) {
        waiting = waiting.slice(next)
        next = 0
      }
      admit()
    },
  }
}
