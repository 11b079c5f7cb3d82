import type { Request, RequestHandler, Response } from 'express'

/** Runs a middleware of Express as a function. */
export function runMiddleware(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => {
      if (error === undefined || error === null) resolve()
      else reject(error instanceof Error ? error : new Error('a middleware failed', { cause: error }))
    }
    void middleware(request, response, next)
  })
}
