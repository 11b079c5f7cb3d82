import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const script = path.join(import.meta.dirname, 'require-node.js')

/** Runs the check as if on another version of Node. */
function runAs(version: string) {
  const program = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import('file://${script}')`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  return { status, stderr }
}

describe('the check of the Node version', () => {
  it.each(['18.20.8', '20.18.3'])('names both versions and fails on Node %s', (version) => {
    const stderr = `Tenantry needs Node 20.19 or newer; this is Node ${version}. See https://nodejs.org\n`
    expect(runAs(version)).toEqual({ status: 1, stderr })
  })

  it.each(['20.19.0', '20.20.2', '22.0.0', '100.1.0'])('passes silently on Node %s', (version) => {
    expect(runAs(version)).toEqual({ status: 0, stderr: '' })
  })
})
