import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const packages = path.resolve(import.meta.dirname, '../packages')

/** The error codes and details of the core, and the codes of invalid requests, copied from their declarations. */
export function renderErrors(): string {
  return [
    declarationIn('core/src/errors.ts', 'ErrorDetails'),
    declarationIn('http/src/handler/failure.ts', 'RequestErrorCode'),
  ].join('\n\n')
}

function declarationIn(file: string, name: string): string {
  const text = readFileSync(path.join(packages, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const declaration = source.statements.find(
    (statement) =>
      (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && statement.name.text === name,
  )
  if (!declaration) throw new Error(`${file} does not declare ${name}`)
  return declaration.getFullText().trim()
}
