import { tokenHint, toJsonLine, toText } from './announcement.js'
import { parseCommandLine, USAGE, UsageError } from './command-line.js'
import { readSettings } from './settings.js'
import { StartError } from './start-error.js'
import { startQuickstart } from './start-quickstart.js'

async function main(): Promise<void> {
  const { help, json, resetTokens } = parseCommandLine(process.argv.slice(2))
  if (help) return void process.stdout.write(USAGE)
  const started = startQuickstart(readSettings(process.env), {
    resetTokens,
    announce(announcement) {
      // A program that reads the line may stop this process immediately. Stopping earlier is as safe as a crash.
      closeOnSignal(async () => (await started).close())
      process.stdout.write(toJsonLine(announcement))
      if (!json) process.stdout.write(toText(announcement))
      process.stderr.write(tokenHint(announcement) ?? '')
    },
  })
  await started
}

/** Ctrl-C may arrive twice: from the terminal, and forwarded by the parent process. */
function closeOnSignal(close: () => Promise<void>): void {
  let closing: Promise<void> | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      closing ??= close().then(() => process.exit(0), fail)
    })
  }
}

function fail(error: unknown): void {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`)
  else if (error instanceof StartError) process.stderr.write(`${error.message}\n`)
  else console.error(error)
  process.exit(error instanceof UsageError ? 2 : 1)
}

// The reader of the first line may have exited; the server continues.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
main().catch(fail)
